package io.patchbay.meta.deviceplugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The section `devicePlugin` as it is read.
class PoolsReaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {resourceName: a, selectors: {vendor: ["8086"]}}                            | selectors.vendor"     | unknown, with the list ["8086"]
                    {resourceName: a, selectors: {vendors: [8086]}}                             | selectors.vendors[0]" | a string is expected, not the number 8086
                    {resourceName: a, selectors: {vendors: ["0x8086"]}}                         | selectors.vendors[0]" | "0x8086" is no PCI id
                    {resourceName: a, selectors: {pciAddresses: ["3b:00.1"]}}                   | selectors.pciAddresses[0]" | "3b:00.1" is no PCI address: its domain is missing
                    {resourceName: a, selectors: {pfNames: ["ens1#3-1"]}}                       | selectors.pfNames[0]" | has "3-1" where indexes
                    {resourceName: a, selectors: {pfNames: ["ens1#"]}}                          | selectors.pfNames[0]" | has "" where indexes
                    {resourceName: a, selectors: {rootDevices: ["ens1"]}}                       | selectors.rootDevices[0]" | "ens1" is no PCI address
                    {resourceName: a, selectors: {linkTypes: [ethernet]}}                       | selectors.linkTypes[0]" | "ethernet" is neither
                    {resourceName: a, selectors: {acpiIndexes: [-1]}}                           | selectors.acpiIndexes[0]" | -1 is no index
                    {resourceName: a, selectors: {pKeys: ["8001"]}}                             | selectors.pKeys[0]"   | "8001" is no partition
                    {resourceName: a, selectors: {isRdma: "true"}}                              | selectors.isRdma"     | true or false is expected
                    {resourceName: a, selectors: {ddpProfiles: [GTP]}}                          | selectors.ddpProfiles" | not in sysfs
                    {resourceName: a, selectors: {vdpaType: vhost}}                             | selectors.vdpaType"   | vDPA devices are not offered
                    {resourceName: a, selectors: [{}, {vendors: [x]}]}                          | selectors[1].vendors[0]" | "x" is no PCI id
                    {resourceName: a, selectors: []}                                            | selectors"            | the list is empty
                    {resourceName: a}                                                           | selectors"            | it is missing
                    {selectors: {}}                                                             | resourceName"         | it is missing
                    {resourceName: "a b", selectors: {}}                                        | resourceName"         | "a b" is no name of a resource
                    {resourceName: a, resourcePrefix: x.kubernetes.io, selectors: {}}           | resourcePrefix"       | is no prefix of a resource
                    {resourceName: a, deviceType: auxNetDevice, selectors: {}}                  | deviceType"           | "auxNetDevice" is not offered here
                    {resourceName: a, deviceType: nic, selectors: {}}                           | deviceType"           | "nic" is neither
                    {resourceName: a, deviceType: accelerator, selectors: {pfNames: [x]}}       | selectors.pfNames"    | it is unknown
                    {resourceName: a, selectors: {}, additionalInfo: {"3b:00.1": {a: b}}}       | additionalInfo.3b:00.1" | is no PCI address
                    {resourceName: a, selectors: {}, additionalInfo: {"*": {a: 1}}}             | additionalInfo.*.a"   | a string is expected
                    """)
    void aRefusalNamesKeyAndValue(String pool, String key, String words) {
        List<String> problems = new ArrayList<>();
        assertThat(
                        PoolsReader.read(
                                PaperHost.json("resourceList: [%s]".formatted(pool)),
                                "intel.com",
                                problems))
                .isEmpty();

        assertThat(problems).singleElement().asString().contains("resourceList[0]." + key, words);
    }

    @Test
    void twoPoolsOfOneNameAreRefusedAndTheRestIsReadOn() {
        List<String> problems = new ArrayList<>();
        List<PoolSettings> pools =
                PoolsReader.read(
                        PaperHost.json(
                                """
                                resourceList:
                                  - {resourceName: a, selectors: {}}
                                  - {resourceName: a, resourcePrefix: example.com, selectors: {}}
                                  - {resourceName: a, resourcePrefix: intel.com, selectors: {}}
                                  - {resourceName: 7, selectors: {}}
                                """),
                        "intel.com",
                        problems);

        assertThat(pools)
                .map(PoolSettings::resource)
                .containsExactly("intel.com/a", "example.com/a");
        assertThat(problems).hasSize(2);
        assertThat(problems.getFirst())
                .contains("resourceList[2].resourceName", "\"a\" is taken", "resourceList[0]");
    }

    @Test
    void theSectionSaysPoolsOrAFileAndNotBoth() {
        assertThat(problems("resourceList: []\nconfigFile: /a/b.json"))
                .singleElement()
                .asString()
                .contains("\"configFile\"", "/a/b.json", "remove one");
        assertThat(problems("cdi: true")).singleElement().asString().contains("\"resourceList\"");
        assertThat(problems("configFile: b.json"))
                .singleElement()
                .asString()
                .contains("\"b.json\" is no absolute path");
        assertThat(problems("{}")).isEmpty();
        assertThat(DevicePluginReader.read(PaperHost.json("{}"), new ArrayList<>())).isEmpty();
    }

    private static List<String> problems(String yaml) {
        List<String> problems = new ArrayList<>();
        var _ = DevicePluginReader.read(PaperHost.json(yaml), problems);
        return problems;
    }

    @Test
    void theFileOfTheSriovNetworkDevicePluginIsReadAsItIs() {
        PoolFile.Content content =
                new PoolFile(Path.of("/etc/pcidp/config.json"), "intel.com")
                        .decode(
                                """
                                {"resourceList": [{
                                    "resourceName": "intel_sriov_netdevice",
                                    "selectors": [{
                                        "vendors": ["8086"], "devices": ["154c", "10ed"], "drivers": ["i40evf", "iavf"]
                                    }]
                                }, {
                                    "resourceName": "mlnx_sriov_rdma", "resourcePrefix": "mellanox.com",
                                    "selectors": {"isRdma": true, "pfNames": ["ens2f0#0-3"], "needVhostNet": true},
                                    "excludeTopology": true, "additionalInfo": {"*": {"token": "3e49"}}
                                }]}
                                """
                                        .getBytes(StandardCharsets.UTF_8));

        assertThat(content.problems()).isEmpty();
        assertThat(content.pools())
                .map(PoolSettings::resource)
                .containsExactly("intel.com/intel_sriov_netdevice", "mellanox.com/mlnx_sriov_rdma");
        PoolSettings second = content.pools().getLast();
        assertThat(second.excludeTopology()).isTrue();
        assertThat(second.additionalInfo()).isEqualTo(Map.of("*", Map.of("token", "3e49")));
        assertThat(second.selectors())
                .singleElement()
                .satisfies(selector -> {
                    assertThat(selector.isRdma()).isTrue();
                    assertThat(selector.needVhostNet()).isTrue();
                    assertThat(selector.pfNames())
                            .map(RootSelector::toString)
                            .containsExactly("ens2f0#0-3");
                });
    }
}
