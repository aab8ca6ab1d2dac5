package org.sparkautoencoder;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test that needs MNIST's four files in the folder MNIST_DIR. Without it: skipped with a warning, and in CI an error. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresMnist.Condition.class)
public @interface RequiresMnist {

    /** The folder with MNIST's files. */
    final class Folder {
        private Folder() {}

        public static Path path() {
            return Path.of(System.getenv("MNIST_DIR")).toAbsolutePath().normalize();
        }
    }

    /** Decides, and says so. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String folder = System.getenv("MNIST_DIR");
            if (folder != null && Files.exists(Path.of(folder, "t10k-images-idx3-ubyte.gz"))) {
                return ConditionEvaluationResult.enabled("MNIST is in " + folder);
            }
            String reason = "MNIST_DIR names no folder with t10k-images-idx3-ubyte.gz: " + folder;
            if (System.getenv("CI") != null) {
                throw new IllegalStateException(reason);
            }
            System.err.println("SKIPPED " + context.getDisplayName() + ": " + reason);
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
