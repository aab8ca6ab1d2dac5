package org.sparkautoencoder.datasets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparkautoencoder.RequiresMnist;

@RequiresMnist
@Timeout(20)
final class MnistSourceTest {
    private static final MnistFile LABELS = MnistFile.TEST_LABELS;
    private static final String GZ = "/" + MnistFile.TEST_LABELS.fileName() + ".gz";
    private static final TimeLimits SHORT =
            new TimeLimits(Duration.ofMillis(200), Duration.ofMillis(300), Duration.ofSeconds(10));

    @TempDir
    private Path temp;

    private final List<String> progress = new ArrayList<>();
    private Path cache;
    private byte[] gz;

    @BeforeEach
    void read() throws IOException {
        cache = temp.resolve("dataset").resolve("idx");
        gz = Files.readAllBytes(RequiresMnist.Folder.path().resolve(LABELS.fileName() + ".gz"));
    }

    private MnistSource mirrors(TimeLimits limits, URI... mirrors) {
        return new MnistSource(new MnistSettings(List.of(), List.of(mirrors), limits), cache, progress::add);
    }

    private MnistSource sources(Object... sources) {
        List<String> places = Stream.of(sources).map(Object::toString).toList();
        return new MnistSource(MnistSettings.DEFAULT.withSources(places).withLimits(SHORT), cache, progress::add);
    }

    private List<String> cached() throws IOException {
        return Files.exists(cache)
                ? DatasetFolder.list(cache).stream()
                        .map(p -> p.getFileName().toString())
                        .toList()
                : List.of();
    }

    private void assertUnavailable(MnistSource source, String... words) throws IOException {
        assertThatThrownBy(() -> source.find(LABELS))
                .isInstanceOf(MnistUnavailableException.class)
                .hasMessageContainingAll(words)
                .hasMessageContaining("--source")
                .message()
                .doesNotContain("\n");
        assertThat(cached()).isEmpty();
    }

    @Test
    void find_mirrorHasFile_isKeptAndNotAskedAgain() throws IOException {
        try (LoopbackServer server = new LoopbackServer(exchange -> LoopbackServer.send(exchange, gz))) {
            MnistSource.Found found = mirrors(SHORT, server.uri("/mnist")).find(LABELS);
            assertThat(found.array().items()).isEqualTo(10_000);
            assertThat(found.array().value(0, 0)).isEqualTo(7);
            assertThat(found.location()).isEqualTo(server.uri("/mnist" + GZ).toString());
            assertThat(Files.readAllBytes(cache.resolve(LABELS.fileName() + ".gz")))
                    .isEqualTo(gz);
            mirrors(SHORT, server.uri("/mnist")).find(LABELS);
            assertThat(server.requests).containsExactly("/mnist" + GZ);
            assertThat(progress).containsExactly("downloading " + found.location());
        }
    }

    @Test
    void find_sourceHasPlainFileOnly_isFoundAndKeptPlain() throws IOException {
        byte[] plain = Gzip.plain(gz, LABELS.size());
        try (LoopbackServer server = new LoopbackServer(exchange -> {
            if (exchange.getRequestURI().getPath().endsWith(".gz")) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                LoopbackServer.send(exchange, plain);
            }
        })) {
            assertThat(sources(server.uri("/")).find(LABELS).array().items()).isEqualTo(10_000);
            assertThat(cached()).containsExactly(LABELS.fileName());
        }
    }

    @Test
    void find_redirect_isFollowed() throws IOException {
        try (LoopbackServer server = new LoopbackServer(exchange -> {
            if (exchange.getRequestURI().getPath().startsWith("/old")) {
                exchange.getResponseHeaders().add("Location", "/new" + GZ);
                exchange.sendResponseHeaders(302, -1);
            } else {
                LoopbackServer.send(exchange, gz);
            }
        })) {
            assertThat(sources(server.uri("/old/")).find(LABELS).array().items())
                    .isEqualTo(10_000);
        }
    }

    @Test
    void find_otherContent_isRefusedByItsHash() throws IOException {
        byte[] other = Gzip.plain(gz, LABELS.size()).clone();
        other[5000] ^= 1;
        try (LoopbackServer server = new LoopbackServer(exchange -> LoopbackServer.send(exchange, other))) {
            assertUnavailable(
                    mirrors(SHORT, server.uri("/")),
                    server.uri(GZ).toString(),
                    "SHA-256",
                    LABELS.sha256(),
                    DigestUtils.sha256Hex(other));
        }
    }

    @Test
    void find_webPageInsteadOfFile_isRefused() throws IOException {
        byte[] page = "<html>please log in</html>".getBytes(UTF_8);
        try (LoopbackServer server = new LoopbackServer(exchange -> LoopbackServer.send(exchange, page))) {
            assertUnavailable(mirrors(SHORT, server.uri("/")), "offset 0: magic number 0x3c68746d");
        }
    }

    @Test
    void find_truncatedGzip_saysWhereItEnds() throws IOException {
        byte[] half = Arrays.copyOf(gz, gz.length / 2);
        try (LoopbackServer server = new LoopbackServer(exchange -> LoopbackServer.send(exchange, half))) {
            assertUnavailable(
                    mirrors(SHORT, server.uri("/")), "is cut off: its gzip stream ends at uncompressed offset");
        }
    }

    @Test
    void find_connectionBreaksOff_isRefused() throws IOException {
        try (LoopbackServer server = new LoopbackServer(exchange -> {
            exchange.sendResponseHeaders(200, gz.length);
            exchange.getResponseBody().write(gz, 0, gz.length / 2);
        })) {
            assertUnavailable(mirrors(SHORT, server.uri("/")), server.uri(GZ).toString());
        }
    }

    @Test
    void find_bodyWithoutEnd_isCutAtTheFilesSize() throws IOException {
        try (LoopbackServer server = new LoopbackServer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[1 << 16];
            for (int i = 0; i < 10_000; i++) {
                exchange.getResponseBody().write(block);
            }
        })) {
            assertUnavailable(mirrors(SHORT, server.uri("/")), "sends more than");
        }
    }

    @Test
    void find_notFound_saysStatus() throws IOException {
        try (LoopbackServer server = new LoopbackServer(exchange -> exchange.sendResponseHeaders(404, -1))) {
            assertUnavailable(mirrors(SHORT, server.uri("/")), server.uri("/").toString(), "answers 404");
        }
    }

    @Test
    void find_serverThatNeverAnswers_endsAtReadLimit() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
            long start = System.nanoTime();
            assertUnavailable(mirrors(SHORT, uri), uri.toString(), "sent nothing for 300 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void find_bodyThatStalls_endsAtReadLimit() throws IOException {
        LoopbackServer[] self = new LoopbackServer[1];
        try (LoopbackServer server = new LoopbackServer(exchange -> self[0].stall(exchange, gz, 1000))) {
            self[0] = server;
            assertUnavailable(mirrors(SHORT, server.uri("/")), "sent nothing for 300 ms");
        }
    }

    @Test
    void find_bodyThatTrickles_endsAtTheWholeLimit() throws IOException {
        TimeLimits second = SHORT.withWhole(Duration.ofSeconds(1));
        LoopbackServer[] self = new LoopbackServer[1];
        try (LoopbackServer server = new LoopbackServer(exchange -> self[0].trickle(exchange, gz))) {
            self[0] = server;
            long start = System.nanoTime();
            assertUnavailable(
                    mirrors(second, server.uri("/"), server.uri("/another/")), "the time limit of 1 s is over");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            assertThat(server.requests).hasSize(1); // the second mirror has no time left
        }
    }

    @Test
    void find_firstMirrorHangs_secondServesAndIsAskedFirstNextTime() throws IOException {
        byte[] images = Files.readAllBytes(RequiresMnist.Folder.path().resolve("t10k-images-idx3-ubyte.gz"));
        LoopbackServer[] self = new LoopbackServer[1];
        try (LoopbackServer hanging = new LoopbackServer(exchange -> self[0].awaitClose());
                LoopbackServer good = new LoopbackServer(exchange -> LoopbackServer.send(
                        exchange, exchange.getRequestURI().getPath().contains("images") ? images : gz))) {
            self[0] = hanging;
            MnistSource source = mirrors(SHORT, hanging.uri("/"), good.uri("/"));
            source.find(LABELS);
            assertThat(source.find(MnistFile.TEST_IMAGES).array().items()).isEqualTo(10_000);
            assertThat(hanging.requests).hasSize(1);
        }
    }

    @Test
    void find_nobodyListens_isQuickAndNamesEveryMirror() throws IOException {
        URI closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
        }
        long start = System.nanoTime();
        assertUnavailable(
                mirrors(TimeLimits.DEFAULT, closed, URI.create("http://mirror.invalid/mnist/")),
                cache + " is not a folder",
                closed + LABELS.fileName() + ".gz: no connection",
                "mirror.invalid",
                "is not known here");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void find_sourceFolder_isReadInPlaceAndNotCopied() throws IOException {
        MnistSource.Found found =
                sources(temp.resolve("absent"), RequiresMnist.Folder.path()).find(LABELS);
        assertThat(found.array().items()).isEqualTo(10_000);
        assertThat(cached()).isEmpty();
        assertThat(sources(RequiresMnist.Folder.path().toUri())
                        .find(LABELS)
                        .array()
                        .items())
                .isEqualTo(10_000);
    }

    @Test
    void find_sourceWithoutFile_isRefusedWithoutAskingMirrors() throws IOException {
        Path empty = Files.createDirectory(temp.resolve("empty"));
        assertUnavailable(sources(empty), empty + " has no t10k-labels-idx1-ubyte[.gz]");
        assertUnavailable(sources("hdfs://host/mnist"), "hdfs://host/mnist is not a folder");
        assertUnavailable(sources("http://not a url/"), "http://not a url/");
        assertThat(progress).noneMatch(line -> line.contains("amazonaws"));
    }

    @Test
    void find_damagedFileInCache_isLeftAsItIsAndMirrorServes() throws IOException {
        Files.createDirectories(cache);
        Path damaged = cache.resolve(LABELS.fileName() + ".gz");
        Files.write(damaged, Arrays.copyOf(gz, 100));
        assertThatThrownBy(() -> mirrors(SHORT).find(LABELS)).hasMessageContaining(damaged + " is cut off");
        try (LoopbackServer server = new LoopbackServer(exchange -> LoopbackServer.send(exchange, gz))) {
            mirrors(SHORT, server.uri("/")).find(LABELS);
        }
        assertThat(Files.size(damaged)).isEqualTo(100);
    }
}
