package io.patchbay.meta.cni;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Dns;
import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.cni.CniResult.Ip;
import io.patchbay.spi.cni.CniResult.Route;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Results against the files in `golden/results`, `VERSION/CASE.json`.
class ResultCodecTest {
    private static final CniResult FULL =
            new CniResult(
                    List.of(
                            Interface.onHost("veth1", MacAddress.parse("02:00:00:00:00:01"), 9001),
                            new Interface(
                                    "eth0",
                                    Optional.of(MacAddress.parse("02:00:00:00:00:02")),
                                    9001,
                                    "/run/netns/a",
                                    Optional.of("/run/vhost/a"),
                                    Optional.of("0000:01:10.0"))),
                    List.of(
                            new Ip(
                                    Cidr.parse("10.0.0.5/24"),
                                    Optional.of(Cidr.address("10.0.0.1")),
                                    OptionalInt.of(1)),
                            new Ip(
                                    Cidr.parse("2001:db8::5/64"),
                                    Optional.empty(),
                                    OptionalInt.of(1))),
                    List.of(
                            Route.of(
                                    Cidr.parse("0.0.0.0/0"), Optional.of(Cidr.address("10.0.0.1"))),
                            new Route(
                                    Cidr.parse("fd00::/8"),
                                    Optional.of(Cidr.address("2001:db8::1")),
                                    1400,
                                    1340,
                                    OptionalInt.of(0),
                                    OptionalInt.of(100),
                                    OptionalInt.of(253))),
                    new Dns(
                            List.of("10.0.0.2"),
                            Optional.of("example.org"),
                            List.of("a.example.org", "example.org"),
                            List.of("ndots:5")));
    private static final Map<String, CniResult> CASES =
            Map.of(
                    "full",
                    FULL,
                    "empty",
                    CniResult.EMPTY,
                    "no-address",
                    new CniResult(
                            List.of(
                                    new Interface(
                                            "dpdk0",
                                            Optional.empty(),
                                            0,
                                            "",
                                            Optional.empty(),
                                            Optional.empty())),
                            List.of(),
                            List.of(),
                            Dns.EMPTY));

    static Stream<Path> goldenFiles() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.walk(golden())) {
            return files.filter(Files::isRegularFile).toList().stream();
        }
    }

    @Test
    void thereIsAFileOfEveryCaseForEveryVersion() throws IOException, URISyntaxException {
        Set<String> expected = new TreeSet<>();
        for (String version : CniVersion.spoken()) {
            CASES.keySet().forEach(name -> expected.add(version + "/" + name + ".json"));
        }
        Path folder = golden();
        assertThat(goldenFiles().map(file -> folder.relativize(file).toString()))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    @DisplayName("rows 93 to 99: a result is written as its version has it")
    void aResultIsWrittenAsItsVersionHasIt(Path file) throws IOException {
        assertThat(Json.text(ResultCodec.encode(result(file), version(file))))
                .isEqualTo(Json.text(Json.decode("it", Files.readString(file, UTF_8))));
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    @DisplayName("rows 31, 99: a result that is read and passed on is the same")
    void aResultThatIsReadAndPassedOnIsTheSame(Path file) throws IOException {
        String text = Files.readString(file, UTF_8);
        CniResult read = ResultCodec.decode("it", Json.decode("it", text));

        assertThat(ResultCodec.encode(read, version(file))).isEqualTo(Json.decode("it", text));
        if (version(file) == CniVersion.NEWEST) {
            assertThat(read).isEqualTo(result(file));
        }
    }

    private static CniResult result(Path file) {
        String name = String.valueOf(file.getFileName()).replace(".json", "");
        return Objects.requireNonNull(CASES.get(name), () -> "no case for " + file);
    }

    private static CniVersion version(Path file) {
        return CniVersion.of(String.valueOf(file.getName(file.getNameCount() - 2)));
    }

    private static Path golden() throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(ResultCodecTest.class.getResource("/golden/results"))
                        .toURI());
    }
}
