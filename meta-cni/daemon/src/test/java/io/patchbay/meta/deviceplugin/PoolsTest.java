package io.patchbay.meta.deviceplugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which device is in which pool.
class PoolsTest {
    private static final String PLAIN = "0000:5e:00.0";
    private static final String WIRELESS_CRYPTO = "0000:6f:00.0";

    @TempDir Path directory;
    private PaperHost host;

    @BeforeEach
    void machine() {
        host = new PaperHost(directory);
        host.machine
                .function(PLAIN, "15b3:1017", 30)
                .bound(PLAIN, "mlx5_core")
                .write(PLAIN, "class", "0x020700")
                .write(PLAIN, "acpi_index", "7")
                .write(PLAIN, "infiniband/mlx5_0/ports/1/pkeys/0", "0x8001")
                .function(WIRELESS_CRYPTO, "8086:0d5c", 31)
                .write(WIRELESS_CRYPTO, "class", "0x120001");
    }

    /// The last parts of the addresses in the pools of a list, by their names.
    private Map<String, List<String>> filled(String yaml) {
        Map<String, List<String>> byName = new TreeMap<>();
        Pools.fill(PaperHost.pools(yaml), List.copyOf(host.devices().values()))
                .forEach((pool, devices) ->
                        byName.put(
                                pool.resourceName(),
                                devices.stream()
                                        .map(one -> one.address().value().substring(5))
                                        .toList()));
        return byName;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {}                                              | 3b:00.1 3b:00.2 3b:00.3 3b:00.4 5e:00.0
                    {vendors: ["8086"]}                             | 3b:00.1 3b:00.2 3b:00.3 3b:00.4
                    {vendors: ["15B3", "1af4"]}                     | 5e:00.0
                    {devices: ["10ca"]}                             | 3b:00.1 3b:00.2 3b:00.3 3b:00.4
                    {vendors: ["15b3"], devices: ["10ca"]}          |
                    {drivers: [mlx5_core, vfio-pci]}                | 5e:00.0
                    {pciAddresses: ["0000:3b:00.3"]}                | 3b:00.3
                    {acpiIndexes: [7]}                              | 5e:00.0
                    {acpiIndexes: ["8"]}                            |
                    {pfNames: [ENS1]}                               | 3b:00.1 3b:00.2 3b:00.3 3b:00.4
                    {pfNames: ["ens1#0-1,3"]}                       | 3b:00.1 3b:00.2 3b:00.4
                    {pfNames: ["ens1#7"]}                           |
                    {pfNames: [ens]}                                |
                    {rootDevices: ["0000:3b:00.0#1"]}               | 3b:00.2
                    {rootDevices: ["0000:5e:00.0"]}                 | 5e:00.0
                    {rootDevices: ["0000:5e:00.0#0"]}               |
                    {linkTypes: [infiniband]}                       | 5e:00.0
                    {linkTypes: [ether], pfNames: ["ens1#0"]}       | 3b:00.1
                    {isRdma: true}                                  | 5e:00.0
                    {pKeys: ["0x8001"]}                             | 5e:00.0
                    {pKeys: ["0x8002"]}                             |
                    """)
    void aSelectorTakesWhatHasOneOfEachOfItsLists(String selector, String expected) {
        String yaml = "resourceList: [{resourceName: a, selectors: %s}]".formatted(selector);

        assertThat(String.join(" ", filled(yaml).getOrDefault("a", List.of())))
                .isEqualTo(Optional.ofNullable(expected).orElse(""));
    }

    @Test
    void aDeviceGoesToTheFirstPoolThatTakesIt() {
        assertThat(
                        filled(
                                """
                                resourceList:
                                  - {resourceName: one, selectors: {pfNames: ["ens1#1"]}}
                                  - {resourceName: two, selectors: [{pfNames: ["ens1#0-1"]}, {vendors: ["15b3"]}]}
                                  - {resourceName: three, selectors: {vendors: ["8086"]}}
                                """))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "one", List.of("3b:00.2"),
                                "two", List.of("3b:00.1", "5e:00.0"),
                                "three", List.of("3b:00.3", "3b:00.4")));
    }

    @Test
    void anAcceleratorIsInPoolsOfAcceleratorsOnly() {
        assertThat(
                        filled(
                                """
                                resourceList:
                                  - {resourceName: cards, selectors: {vendors: ["8086"]}}
                                  - {resourceName: fec, deviceType: accelerator, selectors: {vendors: ["8086"]}}
                                """))
                .containsEntry("fec", List.of("6f:00.0"))
                .containsEntry("cards", List.of("3b:00.1", "3b:00.2", "3b:00.3", "3b:00.4"));
    }

    @Test
    void whatTheHostReachesTheWorldByIsNotOffered() {
        host.defaultRouteBy(PLAIN);

        assertThat(filled("resourceList: [{resourceName: a, selectors: {vendors: [\"15b3\"]}}]"))
                .containsEntry("a", List.of());
    }

    @Test
    void norIsItBelowAVirtioBus() {
        host.machine.write(PLAIN, "virtio3/features", "0");
        host.defaultRouteBy("virtio3");

        assertThat(filled("resourceList: [{resourceName: a, selectors: {vendors: [\"15b3\"]}}]"))
                .containsEntry("a", List.of());
    }

    @Test
    void norIsAMemberOfTheBondThatHoldsTheDefaultRoute() {
        host.links.add(PaperHost.link(3, "bond0", OptionalInt.empty(), Optional.empty()));
        host.links.add(PaperHost.link(4, "ens5", OptionalInt.of(3), Optional.of(PLAIN)));
        host.links.add(PaperHost.link(5, "ens6", OptionalInt.empty(), Optional.of("0000:7f:00.0")));
        host.routes.add(Route.to(Cidr.parse("10.0.0.0/8")).on(5));
        host.routes.add(Route.to(Cidr.any(true)).on(3));

        assertThat(Inventory.wayOut(host.links(), host.routes)).containsExactly(PLAIN);
    }

    @Test
    void aPhysicalFunctionWithoutVirtualOnesIsADeviceItself() {
        String other = "0000:3c:00.0";
        host.machine.function(other, "8086:1592", 40).physical(other, 8, 0);

        assertThat(filled("resourceList: [{resourceName: a, selectors: {devices: [\"1592\"]}}]"))
                .containsEntry("a", List.of("3c:00.0"));
    }

    @Test
    void anRdmaDeviceThatAPodHasTakenIsRemembered() throws IOException {
        var before = host.devices();
        Files.move(host.machine.path(PLAIN, "infiniband"), host.machine.path(PLAIN, "elsewhere"));

        assertThat(host.device(PLAIN).function().rdma()).isEmpty();
        assertThat(host.inventory().look(before).values())
                .filteredOn(device -> device.address().value().equals(PLAIN))
                .singleElement()
                .satisfies(
                        device -> assertThat(device.function().rdma()).containsExactly("mlx5_0"));
    }
}
