package io.patchbay.dpdk.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodResourcesTest {
    private static final String INFO =
            """
            {"0000:3b:00.2":{"generic":{"deviceID":"0000:3b:00.2"},"extra":{"label":"a=b"}},\
            "0000:3b:00.1":{"vfio":{"mount":"/dev/vfio/vfio","dev-mount":"/dev/vfio/11"}}}\
            """;

    @Test
    void bothSpellingsAreOneResource() {
        List<PodResource> resources =
                ResourceReader.read(
                        Map.of(
                                "PCIDEVICE_EX_AMPLE_COM_MY_CARDS", "0000:3b:00.2,0000:3B:00.1",
                                "PCIDEVICE_EX_AMPLE_COM_MY_CARDS_INFO", INFO,
                                "PCIDEVICE_EX-AMPLE_COM_MY-CARDS", "0000:3b:00.2,0000:3b:00.1",
                                "PCIDEVICE_EX-AMPLE_COM_MY-CARDS_INFO", INFO,
                                "PATH", "/bin"));

        assertThat(resources)
                .singleElement()
                .satisfies(resource -> {
                    assertThat(resource.devices()).containsExactly("0000:3b:00.2", "0000:3b:00.1");
                    assertThat(resource.info("0000:3b:00.2", "extra"))
                            .containsEntry("label", "a=b");
                    assertThat(resource.info("0000:3b:00.1", "vfio"))
                            .containsEntry("dev-mount", "/dev/vfio/11");
                    assertThat(resource.info("0000:3b:00.3", "vfio")).isEmpty();
                });
    }

    @Test
    void aResourceMayHaveDevicesOfTheAuxiliaryBusAndNoneAtAll() {
        List<PodResource> resources =
                ResourceReader.read(
                        Map.of(
                                "PCIDEVICE_A",
                                "mlx5_core.sf.2",
                                "PCIDEVICE_B",
                                "",
                                "PCIDEVICE_C_INFO",
                                "0000:00:01.0"));

        assertThat(resources)
                .map(PodResource::devices)
                .containsExactly(List.of("mlx5_core.sf.2"), List.of(), List.of("0000:00:01.0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PCIDEVICE_A | eth0 | variable PCIDEVICE_A says \"eth0\"",
                "PCIDEVICE_A | 0000:01:10.0, 0000:01:10.1 | \" 0000:01:10.1\" in it is no PCI address",
                "PCIDEVICE_A | 0000:01:10.0, | \"\" in it is no PCI address",
                "PCIDEVICE_A | 01:10.0 | is no PCI address",
                "PCIDEVICE_A_INFO | { | variable PCIDEVICE_A_INFO is no JSON",
                "PCIDEVICE_A_INFO | x | variable PCIDEVICE_A_INFO is no JSON",
                "PCIDEVICE_A_INFO | {\"0000:01:10.0\": 1} | variable PCIDEVICE_A_INFO, key \"0000:01:10.0\": an object",
                "PCIDEVICE_A_INFO | {\"a\": {\"vfio\": {\"mount\": 1}}} | key \"a.vfio.mount\": a string",
            })
    void whatIsMalformedIsNamed(String variable, String value, String words) {
        Map<String, String> environment = new java.util.TreeMap<>(Map.of("PCIDEVICE_A", ""));
        environment.put(variable, value);

        assertThatExceptionOfType(PodException.class)
                .isThrownBy(() -> ResourceReader.read(environment))
                .withMessageContaining(words);
    }

    @Test
    void twoSpellingsThatDisagreeAreRefused() {
        assertThatExceptionOfType(PodException.class)
                .isThrownBy(() ->
                        ResourceReader.read(
                                Map.of(
                                        "PCIDEVICE_A-B", "0000:01:10.0",
                                        "PCIDEVICE_A_B", "0000:01:10.1")))
                .withMessageContaining("PCIDEVICE_A-B says \"0000:01:10.0\"")
                .withMessageContaining("PCIDEVICE_A_B says \"0000:01:10.1\"");
    }
}
