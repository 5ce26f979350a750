package io.patchbay.meta.cni;

import static io.patchbay.meta.cni.Refusals.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Devices against the files in `golden/device-info`.
class DeviceInfoCodecTest {
    private static final Map<String, DeviceInfo> CASES =
            Map.of(
                    "pci.json",
                    new DeviceInfo.Pci(
                            "0000:01:10.0",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()),
                    "pci-full.json",
                    new DeviceInfo.Pci(
                            "0000:01:10.0",
                            Optional.of("/dev/vhost-net"),
                            Optional.of("mlx5_2"),
                            Optional.of("0000:01:00.0"),
                            Optional.of("eth4_0")),
                    "vdpa.json",
                    new DeviceInfo.Vdpa(
                            "vdpa0",
                            "vhost",
                            "/dev/vhost-vdpa-0",
                            Optional.of("0000:01:10.1"),
                            Optional.of("0000:01:00.0"),
                            Optional.of("eth4_1")),
                    "vhost-user.json",
                    new DeviceInfo.VhostUser("client", "/run/vhost/c1.sock"),
                    "memif.json",
                    new DeviceInfo.Memif("master", "/run/memif/c1.sock", "inject-punt", 0),
                    "memif-id.json",
                    new DeviceInfo.Memif("slave", "/run/memif/c1.sock", "ethernet", 3));

    static Stream<Path> goldenFiles() throws IOException, URISyntaxException {
        Path folder =
                Path.of(
                        Objects.requireNonNull(
                                        DeviceInfoCodecTest.class.getResource(
                                                "/golden/device-info"))
                                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        }
    }

    private static DeviceInfo decode(String text) {
        return DeviceInfoCodec.decode(JsonObject.read("file f", Json.decode("file f", text)));
    }

    @Test
    void thereIsAFileOfEveryCase() throws IOException, URISyntaxException {
        assertThat(goldenFiles().map(file -> String.valueOf(file.getFileName())))
                .containsExactlyInAnyOrderElementsOf(CASES.keySet());
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void aDeviceIsReadAndWrittenAsItsFileHasIt(Path file) throws IOException {
        String text = Files.readString(file);
        DeviceInfo device = CASES.get(String.valueOf(file.getFileName()));
        assertThat(decode(text)).isEqualTo(device);
        assertThat(DeviceInfoCodec.encode(Objects.requireNonNull(device)).toString())
                .isEqualTo(Json.text(Json.decode("it", text)));
    }

    @Test
    void whatGoWritesForNothingAndWhatALaterVersionAddsIsPassedOver() {
        assertThat(
                        decode(
                                json(
                                        """
                                        {'type': 'pci', 'version': '1.2.0', 'new': [1],
                                         'pci': {'pci-address': '0000:01:10.0', 'rdma-device': '',
                                                 'vhost-net': null, 'more': 1}}
                                        """)))
                .isEqualTo(CASES.get("pci.json"));
    }

    @Test
    void theShortNameOfAMemifModeIsUnderstood() {
        assertThat(
                        decode(
                                json(
                                        "{'type': 'memif', 'memif': {'role': 'slave', 'path': '/m', 'mode': 'punt'}}")))
                .isEqualTo(new DeviceInfo.Memif("slave", "/m", "inject-punt", 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{} | 7 | key \"type\": it is missing",
                "{'type': 'rdma'} | 7 | key \"type\": \"rdma\" is none of",
                "{'type': 1} | 6 | key \"type\": a string is expected",
                "{'type': 'pci'} | 7 | key \"pci\": it is missing",
                "{'type': 'pci', 'pci': []} | 6 | key \"pci\": an object is expected",
                "{'type': 'pci', 'pci': {'pci-address': ''}} | 7 | key \"pci.pci-address\": it is missing",
                "{'type': 'pci', 'pci': {'pci-address': 7}} | 6 | key \"pci.pci-address\": a string",
                "{'type': 'pci', 'version': '2.0.0', 'pci': {}} | 7 | key \"version\": \"2.0.0\"",
                "{'type': 'vdpa', 'vdpa': {'parent-device': 'a', 'driver': 'x'}} | 7 | key \"vdpa.driver\": \"x\"",
                "{'type': 'vhost-user', 'vhost-user': {'mode': 'both'}} | 7 | key \"vhost-user.mode\"",
                "{'type': 'memif', 'memif': {'mode': 'ip', 'role': 'boss'}} | 7 | key \"memif.role\"",
                "{'type': 'memif', 'memif': {'mode': 'ip', 'role': 'slave', 'path': 'a', 'id': '3'}} | 6 | key \"memif.id\": a whole number",
                "{'type': 'memif', 'memif': {'mode': 'ip', 'role': 'slave', 'path': 'a', 'id': -1}} | 7 | key \"memif.id\": -1 is out of range"
            })
    void whatIsMissingOrCannotBeIsNamed(String text, int code, String words) {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> decode(json(text)))
                .withMessageContaining("file f, " + words)
                .satisfies(refusal -> assertThat(refusal.code().value()).isEqualTo(code));
    }

    @Test
    void whatIsNoJsonIsUndecodable() {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> decode("{"))
                .matches(refusal -> refusal.code() == Standard.UNDECODABLE);
    }
}
