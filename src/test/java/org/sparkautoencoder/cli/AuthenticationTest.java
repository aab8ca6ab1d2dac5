package org.sparkautoencoder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.PrivilegedAction;
import java.util.List;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.util.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Option;

/** Strangers cannot reach Spark's ports, or it authenticates, wherever that needs no preparation of the cluster. */
final class AuthenticationTest {
    private static final List<String> KEYS =
            List.of("spark.master", "spark.authenticate", "spark.shuffle.service.enabled");

    @AfterEach
    void reset() {
        KEYS.forEach(System::clearProperty);
    }

    private static SparkConf conf(String master) {
        System.setProperty("spark.master", master);
        return Application.conf();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yarn", "k8s://https://api:443"})
    void conf_mastersForWhichSparkMakesASecret_authenticate(String master) {
        SparkConf conf = conf(master);
        assertThat(conf.get("spark.authenticate")).isEqualTo("true");
        // Spark keeps the secret with the user.
        String secret = UserGroupInformation.createRemoteUser("someone")
                .doAs((PrivilegedAction<String>) () -> secretMadeBySpark(conf));
        assertThat(secret).hasSizeGreaterThan(30);
    }

    // Throws where the user must give a secret.
    private static String secretMadeBySpark(SparkConf conf) {
        SecurityManager security = new SecurityManager(
                conf, Option.empty(), org.apache.spark.internal.config.package$.MODULE$.AUTH_SECRET_FILE());
        security.initializeAuth();
        return security.getSecretKey();
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "local[*]", "local[2,4]"})
    void conf_localMaster_isReachedFromThisMachineOnly(String master) throws UnknownHostException {
        // With SPARK_LOCAL_IP, as submit.sh sets it, Spark's own default is that address.
        String host = conf(master).get("spark.driver.host", Utils.localCanonicalHostName());
        assertThat(InetAddress.getByName(host).isLoopbackAddress()).as(host).isTrue();
    }

    @Test
    void conf_standaloneMaster_isAsTheUserSays() {
        SparkConf conf = conf("spark://host:7077");
        assertThat(conf.contains("spark.authenticate")).isFalse();
        assertThat(conf.contains("spark.driver.host")).isFalse();
    }

    @Test
    void conf_yarnWithAShuffleService_isAsTheUserSays() {
        System.setProperty("spark.shuffle.service.enabled", "true");
        assertThat(conf("yarn").contains("spark.authenticate")).isFalse();
    }

    @Test
    void conf_usersOwnSetting_wins() {
        System.setProperty("spark.authenticate", "false");
        assertThat(conf("yarn").get("spark.authenticate")).isEqualTo("false");
    }
}
