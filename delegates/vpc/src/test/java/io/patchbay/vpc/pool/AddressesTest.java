package io.patchbay.vpc.pool;

import static io.patchbay.vpc.pool.Enis.address;
import static io.patchbay.vpc.pool.Enis.eni;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.MemoryJournal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AddressesTest {
    private static final Duration COOLDOWN = Duration.ofSeconds(30);

    private final HandClock clock = new HandClock();
    private final MemoryJournal<AddressNote> notes = new MemoryJournal<>();
    private Addresses addresses = new Addresses(notes, clock, COOLDOWN);

    @Test
    void podsFillTheInterfacesInTheOrderOfCardAndDevice() {
        addresses.learn(List.of(eni(1, 1, 1), eni(2, 1), eni(0, 2)), Set.of());
        assertThat(IntStream.range(0, 4).mapToObj(i -> assign("pod" + i)))
                .containsExactly(address(0, 5), address(0, 6), address(2, 5), address(1, 5));
    }

    @Test
    void anAttachmentThatAsksAgainGetsTheSameAddress() {
        addresses.learn(List.of(eni(0, 2)), Set.of());
        InetAddress first = assign("a");
        assertThat(assign("a")).isEqualTo(first);
        addresses = new Addresses(notes, clock, COOLDOWN);
        addresses.learn(List.of(eni(0, 2)), Set.of());
        assertThat(assign("a")).isEqualTo(first);
        assertThat(assign("b")).isNotEqualTo(first);
    }

    @Test
    void anAddressThatAPodHadCoolsAndAnotherIsTakenMeanwhile() {
        addresses.learn(List.of(eni(0, 2)), Set.of());
        InetAddress first = assign("a");
        addresses.release(id("a"), true);
        assertThat(assign("b")).isNotEqualTo(first);
        assertThat(addresses.assign(id("c"), 1)).isEmpty();
        clock.advance(COOLDOWN);
        assertThat(assign("c")).isEqualTo(first);
    }

    @Test
    void coolingOutlivesARestartAndAClockThatWasSetBack() {
        addresses.learn(List.of(eni(0, 1)), Set.of());
        InetAddress only = assign("a");
        addresses.release(id("a"), true);
        clock.advance(Duration.ofDays(-1));
        addresses = new Addresses(notes, clock, COOLDOWN);
        addresses.learn(List.of(eni(0, 1)), Set.of());
        assertThat(addresses.assign(id("b"), 1)).isEmpty();
        clock.advance(COOLDOWN);
        assertThat(assign("b")).isEqualTo(only);
    }

    @Test
    void anAddressThatNoContainerUsedIsFreeAtOnce() {
        addresses.learn(List.of(eni(0, 1)), Set.of());
        InetAddress only = assign("a");
        addresses.release(id("a"), false);
        assertThat(notes.all()).isEmpty();
        assertThat(assign("b")).isEqualTo(only);
    }

    @Test
    void aReleaseThatComesTwiceChangesNothing() {
        addresses.learn(List.of(eni(0, 1)), Set.of());
        assign("a");
        addresses.release(id("a"), true);
        Pool once = addresses.pool();
        addresses.release(id("a"), true);
        addresses.release(id("never"), true);
        assertThat(addresses.pool()).isEqualTo(once);
    }

    @Test
    void anAddressThatTheCloudNoLongerTellsStaysItsOwners() {
        addresses.learn(List.of(eni(0, 1), eni(1, 1)), Set.of());
        InetAddress own = assign("a");
        addresses.learn(List.of(eni(1, 1)), Set.of());
        assertThat(addresses.find(id("a"))).extracting(Holding::address).containsExactly(own);
        assertThat(assign("b")).isEqualTo(address(1, 5));
    }

    @Test
    void anAddressThatAnotherPluginRoutesIsNotGiven() {
        addresses.learn(List.of(eni(0, 2)), Set.of(address(0, 5)));
        assertThat(assign("a")).isEqualTo(address(0, 6));
        assertThat(addresses.refusal(id("b"), Demand.NODE))
                .contains(
                        "no address is free: eni-00 (device 0) has 1 assigned and 0 cooling and 1 of another plugin's pods of 2");
    }

    @Test
    void aRefusalNamesTheInterfacesAndWhenTheNextAddressIsFree() {
        assertThat(addresses.refusal(id("a"), Demand.NODE))
                .contains("no address is free: no network interface is known yet");
        addresses.learn(List.of(eni(0, 2), eni(1, 1)), Set.of());
        assign("a");
        assign("b");
        assign("c");
        addresses.release(id("a"), true);
        clock.advance(Duration.ofMillis(10_500));
        assertThat(addresses.refusal(id("d"), Demand.NODE))
                .contains(
                        "no address is free: eni-00 (device 0) has 1 assigned and 1 cooling of 2; eni-01 (device 1) has 1 assigned and 0 cooling of 1; the next is free in 20 s");
        assertThat(addresses.refusal(id("b"), Demand.NODE)).isEmpty();
    }

    @Test
    void notesOfWhatHasCooledDownAreErased() {
        addresses.learn(List.of(eni(0, 1)), Set.of());
        assign("a");
        addresses.release(id("a"), true);
        assertThat(notes.all()).containsOnlyKeys("10.0.0.5");
        clock.advance(COOLDOWN);
        addresses.learn(List.of(eni(0, 1)), Set.of());
        assertThat(notes.all()).isEmpty();
    }

    @Test
    void aNoteTellsTheLinkAndTheTableOfItsAddress() {
        addresses.learn(List.of(eni(3, 1)), Set.of());
        assertThat(addresses.assign(id("a"), 77))
                .contains(
                        new Holding(
                                Cidr.address("10.0.3.5"),
                                id("a"),
                                "eni-03",
                                4,
                                77,
                                Optional.empty()));
        assertThat(notes.find("10.0.3.5"))
                .contains(
                        new AddressNote(
                                id("a"), "10.0.3.5", "eni-03", 4, 77, 0, Optional.empty(), false));
    }

    private InetAddress assign(String container) {
        return addresses.assign(id(container), 1).orElseThrow().address();
    }

    private static AttachmentId id(String container) {
        return new AttachmentId(container, "pods", "eth0");
    }
}
