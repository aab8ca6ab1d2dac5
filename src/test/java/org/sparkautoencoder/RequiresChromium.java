package org.sparkautoencoder;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test that needs chromium and chromedriver on the PATH. Without them: skipped with a warning, and in CI an error. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresChromium.Condition.class)
public @interface RequiresChromium {

    /** Decides, and says so. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (onPath("chromium").isPresent() && onPath("chromedriver").isPresent()) {
                return ConditionEvaluationResult.enabled("there is a chromium with its driver");
            }
            String reason = "chromium and chromedriver are not on the PATH (Debian: chromium, chromium-driver)";
            if (System.getenv("CI") != null) {
                throw new IllegalStateException(reason);
            }
            System.err.println("SKIPPED " + context.getDisplayName() + ": " + reason);
            return ConditionEvaluationResult.disabled(reason);
        }

        /** A program on the PATH. */
        public static Optional<Path> onPath(String program) {
            return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                    .map(folder -> Path.of(folder, program))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }
}
