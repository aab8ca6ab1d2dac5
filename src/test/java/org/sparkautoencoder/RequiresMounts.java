package org.sparkautoencoder;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test that mounts file systems of its own, as root of Linux can. Without: skipped with a warning, and in CI an error. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresMounts.Condition.class)
public @interface RequiresMounts {

    /** Decides, and says so. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (canMount()) {
                return ConditionEvaluationResult.enabled("file systems can be mounted");
            }
            String reason = "no file system can be mounted: run as root on Linux, with unshare (Debian: util-linux)";
            if (System.getenv("CI") != null) {
                throw new IllegalStateException(reason);
            }
            System.err.println("SKIPPED " + context.getDisplayName() + ": " + reason);
            return ConditionEvaluationResult.disabled(reason);
        }

        private static boolean canMount() {
            try {
                Process process = new ProcessBuilder("unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
