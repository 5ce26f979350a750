package io.patchbay.vpc.branch;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kernel.Kernel;
import io.patchbay.kernel.OpenNetns;
import io.patchbay.kit.rig.PrivateNetns;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("kernel")
class ZoneTableKernelTest {
    private static final Map<String, Integer> ONE =
            Map.of("vlan.eth.7", 45063, "vlan0123456789a", 45063);
    private static final Map<String, Integer> OTHER =
            Map.of("vlan.eth.8", 45064, "vlanabcdef01234", 45064);

    private final PrivateNetns place = PrivateNetns.create();
    private final OpenNetns netns = Kernel.ofThisMachine().open(place.path());
    private final ZoneTable table = new ZoneTable(netns.nft());

    @AfterEach
    void close() {
        netns.close();
        place.close();
    }

    private List<String> elements() {
        return place
                .witness()
                .json("nft", "-j", "list", "map", "inet", "patchbay-branch", "zones")
                .findParents("elem")
                .stream()
                .flatMap(map -> map.path("elem").valueStream())
                .map(pair -> pair.path(0).asText() + " " + pair.path(1).asText())
                .sorted()
                .toList();
    }

    private String handle() {
        return place.witness()
                .run("nft", "-a", "list", "chain", "inet", "patchbay-branch", "arrivals");
    }

    @Test
    void whereNothingHasAZoneThereIsNoTable() {
        assertThat(table.differs(Map.of())).isFalse();
        table.write(ONE);
        assertThat(table.differs(Map.of())).isTrue();
        table.write(Map.of());
        assertThat(table.differs(Map.of())).isFalse();
        assertThat(place.witness().run("nft", "list", "ruleset")).isEmpty();
    }

    @Test
    void itsElementsAloneChangeWithTheBranches() {
        table.write(ONE);
        assertThat(elements()).containsExactly("vlan.eth.7 45063", "vlan0123456789a 45063");
        String first = handle();
        assertThat(table.differs(OTHER)).isTrue();
        table.write(OTHER);
        assertThat(elements()).containsExactly("vlan.eth.8 45064", "vlanabcdef01234 45064");
        assertThat(handle()).isEqualTo(first);
        assertThat(table.differs(OTHER)).isFalse();
    }

    @Test
    void aProcessThatStartsAnewMakesSureOfIt() {
        table.write(ONE);
        ZoneTable anew = new ZoneTable(netns.nft());
        assertThat(anew.differs(ONE)).isTrue();
        anew.write(ONE);
        assertThat(anew.differs(ONE)).isFalse();
        assertThat(elements()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flush chain inet patchbay-branch arrivals",
                "delete table inet patchbay-branch",
                "flush map inet patchbay-branch zones",
                "add element inet patchbay-branch zones { \"eth0\" : 9 }",
                "add rule inet patchbay-branch arrivals drop"
            })
    void whatSomebodyElseChangesIsFound(String change) {
        table.write(ONE);
        place.witness().run("nft", change);
        assertThat(table.differs(ONE)).isTrue();
        table.write(ONE);
        assertThat(table.differs(ONE)).isFalse();
        assertThat(elements()).hasSize(2);
    }

    @Test
    void someOfItsZonesAreToldApartFromOthers() {
        table.write(ONE);
        assertThat(table.has(ONE)).isTrue();
        assertThat(table.has(OTHER)).isFalse();
        assertThat(table.has(Map.of("vlan.eth.7", 45064))).isFalse();
    }
}
