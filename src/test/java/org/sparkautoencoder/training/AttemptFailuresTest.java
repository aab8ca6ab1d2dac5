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
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import org.junit.jupiter.api.Test;
import org.sparkautoencoder.csv.BadInputException;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The order in which Spark reports the ends of an attempt's tasks does not change the cause that is given. */
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

    private static AttemptFailures started() {
        AttemptFailures failures = new AttemptFailures("run", () -> 0);
        Properties properties = new Properties();
        properties.setProperty("spark.jobGroup.id", "run");
        StageInfo stage = new StageInfo(
                0, 0, "train", 2, none(), none(), "", new TaskMetrics(), none(), Option.empty(), 0, false, 0);
        failures.onStageSubmitted(new SparkListenerStageSubmitted(stage, properties));
        return failures;
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
