package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.spark.SparkContext$;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sparkautoencoder.training.TrainingFailedException;

/** A master that hangs up on every connection, as one does whose authentication is on where ours is off. */
@Timeout(180)
final class RefusingMasterIT {
    @AfterEach
    void clear() {
        for (String name : new String[] {"master", "ui.enabled", "driver.host", "driver.bindAddress"}) {
            System.clearProperty("spark." + name);
        }
    }

    @Test
    void start_masterThatRefuses_saysTheLikelyCauseInOneLine() throws Exception {
        try (ServerSocket master = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            System.setProperty("spark.master", "spark://127.0.0.1:" + master.getLocalPort());
            System.setProperty("spark.ui.enabled", "false");
            System.setProperty("spark.driver.host", "127.0.0.1");
            System.setProperty("spark.driver.bindAddress", "127.0.0.1");
            Thread hangingUp = new Thread(() -> hangUp(master), "master");
            hangingUp.setDaemon(true);
            hangingUp.start();
            assertThatThrownBy(Application::startTraining)
                    .isInstanceOf(TrainingFailedException.class)
                    .hasMessageContaining("127.0.0.1:" + master.getLocalPort())
                    .hasMessageContaining("spark.authenticate")
                    .hasMessageNotContaining("\n");
            assertThat(SparkContext$.MODULE$.getActive().isEmpty()).isTrue();
        }
    }

    private static void hangUp(ServerSocket master) {
        try {
            while (true) {
                master.accept().close();
            }
        } catch (IOException e) {
            return; // the test is over
        }
    }
}
