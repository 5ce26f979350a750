package io.patchbay.meta.deviceplugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which of the free devices a container should get.
class PreferenceTest {
    @TempDir Path directory;

    /// On node 0 cards a with three and b with two virtual functions; on node 1 card c with four.
    private SequencedMap<String, PoolDevice> devices() {
        PaperHost host = new PaperHost(directory);
        card(host, 'a', 3, 0);
        card(host, 'b', 2, 0);
        card(host, 'c', 4, 1);
        PoolSettings pool =
                PaperHost.pools("resourceList: [{resourceName: a, selectors: {drivers: [ice]}}]")
                        .getFirst();
        SequencedMap<String, PoolDevice> devices = new LinkedHashMap<>();
        host.devices()
                .forEach((address, device) ->
                        pool.take(device)
                                .ifPresent(one ->
                                        devices.put(
                                                address.value().replaceAll("0000:(.).:00.", "$1"),
                                                one)));
        return devices;
    }

    private static void card(PaperHost host, char name, int virtual, int node) {
        String physical = "0000:%c0:00.0".formatted(name);
        host.machine.function(physical, "8086:1592", name);
        host.machine.physical(physical, 8, virtual);
        for (int n = 1; n <= virtual; n++) {
            String address = "0000:%c0:00.%d".formatted(name, n);
            host.machine.bound(address, "ice").write(address, "numa_node", "" + node);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a1 a2 a3 b1 b2 c1 c2 c3 c4 |       | 1 | c1
                    a1 a2 a3 b1 b2 c1 c2 c3 c4 |       | 4 | c1 c2 c3 c4
                    a1 a2 a3 b1 b2 c1 c2 c3 c4 |       | 5 | a1 a2 a3 b1 b2
                    a1 a2 a3 b1 b2             |       | 2 | b1 b2
                    a1 a2 a3 b1 b2             |       | 3 | a1 a2 a3
                    a1 a2 a3 b1 b2 c1          |       | 4 | a1 a2 a3 b1
                    a1 a2 a3 b1 b2 c1 c2       | b2    | 2 | b2 b1
                    a1 a2 a3 b1 b2 c1 c2       | b1 b2 | 3 | b1 b2 a1
                    a1 b2 c4                   | c4    | 3 | c4 a1 b2
                    a1 b2                      | c4    | 1 | c4
                    a1                         |       | 3 | a1
                    """)
    void itIsWhatItMustThenOneNodeThenFewPhysicalFunctionsThenByAddress(
            String available, String must, int wanted, String expected) {
        SequencedMap<String, PoolDevice> devices = devices();

        assertThat(
                        Preference.choose(some(devices, available), some(devices, must), wanted)
                                .stream()
                                .map(address -> address.value().replaceAll("0000:(.).:00.", "$1"))
                                .collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }

    private static List<PoolDevice> some(SequencedMap<String, PoolDevice> all, String names) {
        return Optional.ofNullable(names).stream()
                .flatMap(text -> Arrays.stream(text.split(" ")))
                .map(name -> Optional.ofNullable(all.get(name)).orElseThrow())
                .toList();
    }
}
