package org.sparkautoencoder.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Properties;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import org.junit.jupiter.api.Test;
import org.sparkautoencoder.csv.BadInputException;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Which failures count, and that the order in which Spark reports the ends of tasks does not change the cause that is given. */
final class AttemptFailuresTest {
    private static final TaskFailedReason CAUSE = new ExceptionFailure(new IllegalStateException("the cause"), none());

    @Test
    void reason_killedTaskReportedLast_isTheCause() {
        AttemptFailures failures = started();
        end(failures, CAUSE);
        end(failures, killed());
        assertThat(failures.reason()).contains("the cause");
    }

    @Test
    void reason_killedTaskReportedFirst_isTheCause() {
        AttemptFailures failures = started();
        end(failures, killed());
        end(failures, CAUSE);
        assertThat(failures.reason()).contains("the cause");
    }

    @Test
    void reason_onlyKilledTasks_isThatTheyWereKilled() {
        AttemptFailures failures = started();
        end(failures, killed());
        assertThat(failures.reason()).contains("another failed");
    }

    @Test
    void badInput_taskFindsOtherRowsThanAtFirst_isItsMessage() {
        AttemptFailures failures = started();
        end(failures, CAUSE);
        assertThat(failures.badInput()).isNull();
        end(failures, new ExceptionFailure(new BadInputException("a.csv has changed"), none()));
        assertThat(failures.badInput()).isEqualTo("a.csv has changed");
    }

    /** It may be gone when Spark tries again. */
    @Test
    void badInput_errorOfTheFileSystem_isNone() {
        AttemptFailures failures = started();
        end(failures, new ExceptionFailure(new BadInputException("cannot be read", new IOException()), none()));
        assertThat(failures.badInput()).isNull();
    }

    @Test
    void withoutProgress_timeOutsBeforeSparkNoticesALoss_doNotCount() {
        AttemptFailures failures = new AttemptFailures("run", () -> 0, attempt -> attempt != 1, 1_000);
        for (int attempt = 0; attempt < 6; attempt++) {
            submit(failures, attempt);
        }
        assertThat(failures.withoutProgress()).isEqualTo(1); // attempt 1 failed otherwise
    }

    @Test
    void withoutProgress_timeOutsAfterSparkWouldHaveNoticedALoss_count() {
        AttemptFailures failures = new AttemptFailures("run", () -> 0, attempt -> true, 0);
        for (int attempt = 0; attempt < 5; attempt++) {
            submit(failures, attempt);
        }
        assertThat(failures.withoutProgress()).isEqualTo(4);
    }

    @Test
    void withoutProgress_timeOutsBeforeAnExecutorIsRemoved_doNotCount() {
        AttemptFailures failures = new AttemptFailures("run", () -> 0, attempt -> true, 0);
        submit(failures, 0);
        submit(failures, 1);
        submit(failures, 2);
        assertThat(failures.withoutProgress()).isEqualTo(2);
        failures.onExecutorRemoved(new SparkListenerExecutorRemoved(0, "1", "heartbeat timed out"));
        assertThat(failures.withoutProgress()).isZero();
    }

    @Test
    void withoutProgress_anEpochBetweenTwoFailures_countsTheSecondOnly() {
        int[] epochs = {0};
        AttemptFailures failures = new AttemptFailures("run", () -> epochs[0], attempt -> false, 0);
        submit(failures, 0);
        submit(failures, 1);
        submit(failures, 2);
        assertThat(failures.withoutProgress()).isEqualTo(2);
        epochs[0]++;
        submit(failures, 3);
        assertThat(failures.withoutProgress()).isEqualTo(1);
    }

    private static AttemptFailures started() {
        AttemptFailures failures = new AttemptFailures("run", () -> 0, attempt -> false, 0);
        submit(failures, 0);
        return failures;
    }

    private static void submit(AttemptFailures failures, int attempt) {
        Properties properties = new Properties();
        properties.setProperty("spark.jobGroup.id", "run");
        StageInfo stage = new StageInfo(
                0, attempt, "train", 2, none(), none(), "", new TaskMetrics(), none(), Option.empty(), 0, false, 0);
        failures.onStageSubmitted(new SparkListenerStageSubmitted(stage, properties));
    }

    private static void end(AttemptFailures failures, TaskFailedReason reason) {
        failures.onTaskEnd(new SparkListenerTaskEnd(
                0, 0, "ShuffleMapTask", reason, null, new ExecutorMetrics(), new TaskMetrics()));
    }

    private static TaskFailedReason killed() {
        return new TaskKilled("another failed", none(), none(), none());
    }

    private static <T> Seq<T> none() {
        return CollectionConverters.asScala(List.<T>of()).toSeq();
    }
}
