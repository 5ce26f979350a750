package io.patchbay.vpc.pool;

import static io.patchbay.vpc.pool.Enis.address;
import static io.patchbay.vpc.pool.Enis.eni;
import static io.patchbay.vpc.pool.Enis.madeFor;
import static io.patchbay.vpc.pool.Enis.prefix6;
import static io.patchbay.vpc.pool.Enis.withBoth;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.pod.PodRef;
import io.patchbay.vpc.MemoryJournal;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.EniConfig;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.pool.Pool.State;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemandTest {
    private static final Duration COOLDOWN = Duration.ofSeconds(30);
    private static final Optional<PodRef> POD = Optional.of(new PodRef("default", "a", "uid"));
    private static final EniConfig DATA = new EniConfig(Optional.of("subnet-d"), List.of("sg-d"));
    private static final Demand IPV6 = new Demand(EniConfig.NODE, Family.IPV6);
    private static final Demand OF_DATA = new Demand(DATA, Family.IPV4);

    private final HandClock clock = new HandClock();
    private final MemoryJournal<AddressNote> notes = new MemoryJournal<>();
    private Addresses addresses = new Addresses(notes, clock, COOLDOWN);

    private static AttachmentId id(String container) {
        return new AttachmentId(container, "pods", "eth0");
    }

    private List<InetAddress> ask(String container, Demand demand, int count) {
        return addresses.await(id(container), POD, demand, count, 1, () -> Duration.ZERO).stream()
                .map(Holding::address)
                .toList();
    }

    private void learn(Eni... enis) {
        addresses.learn(List.of(enis), Set.of());
    }

    @Test
    void podsOfIpv6ShareOnePrefixAndNobodyGetsItsFirstAddress() {
        learn(withBoth(0, 0));
        assertThat(ask("a", IPV6, 1)).containsExactly(Cidr.address("2001:db8::1"));
        assertThat(ask("b", IPV6, 1)).containsExactly(Cidr.address("2001:db8::2"));
        addresses.release(id("a"), true);
        assertThat(ask("c", IPV6, 1)).containsExactly(Cidr.address("2001:db8::3"));
        clock.advance(COOLDOWN);
        learn(withBoth(0, 0));
        assertThat(ask("d", IPV6, 1)).containsExactly(Cidr.address("2001:db8::1"));
    }

    @Test
    void aSingleAddressOfIpv6IsNotGiven() {
        learn(eni(0, 0, List.of(Cidr.parse("2001:db8::9/128"))));
        assertThat(ask("a", IPV6, 1)).isEmpty();
    }

    @Test
    void anAttachmentHasAddressesOfBothFamiliesAndGivesBackBoth() {
        learn(withBoth(0, 1));
        ask("a", IPV6, 1);
        ask("a", Demand.NODE, 1);
        addresses = new Addresses(notes, clock, COOLDOWN);
        learn(withBoth(0, 1));
        assertThat(addresses.find(id("a")))
                .extracting(Holding::family)
                .containsExactly(Family.IPV4, Family.IPV6);
        addresses.release(id("a"), true);
        assertThat(addresses.find(id("a"))).isEmpty();
        Pool pool = addresses.pool();
        assertThat(pool.only(Family.IPV4).count(State.COOLING, clock.instant())).isEqualTo(1);
        assertThat(pool.only(Family.IPV6).count(State.COOLING, clock.instant())).isEqualTo(1);
    }

    @Test
    void anAttachmentMayHaveSeveralOfAKindAndKeepsThoseItHas() {
        learn(eni(0, 2));
        assertThat(ask("a", Demand.NODE, 3)).containsExactly(address(0, 5), address(0, 6));
        assertThat(notes.all()).hasSize(2);
        learn(eni(0, 4));
        assertThat(ask("a", Demand.NODE, 3))
                .containsExactly(address(0, 5), address(0, 6), address(0, 7));
        assertThat(ask("b", Demand.NODE, 1)).containsExactly(address(0, 8));
    }

    @Test
    void interfacesMadeForSomethingElseGiveNothing() {
        learn(eni(0, 1), madeFor(DATA, 1, 1));
        assertThat(ask("a", Demand.NODE, 2)).containsExactly(address(0, 5));
        assertThat(ask("b", OF_DATA, 2)).containsExactly(address(1, 5));
        assertThat(addresses.refusal(id("c"), Demand.NODE).orElseThrow()).doesNotContain("eni-01");
        assertThat(addresses.refusal(id("c"), OF_DATA).orElseThrow()).contains("eni-01");
    }

    @Test
    void whoWaitsForOneKindDoesNotKeepAnotherFromTheRest() throws InterruptedException {
        learn(eni(0, 1));
        Thread waiting =
                Thread.ofPlatform()
                        .start(() ->
                                addresses.await(
                                        id("a"), POD, OF_DATA, 1, 1, () -> Duration.ofMinutes(1)));
        long seen = 0;
        while (addresses.waiting(OF_DATA) == 0) {
            seen = addresses.awaitChange(seen, Duration.ofSeconds(10));
        }
        assertThat(addresses.demands()).containsExactly(OF_DATA);
        assertThat(ask("b", Demand.NODE, 1)).containsExactly(address(0, 5));
        learn(eni(0, 1), madeFor(DATA, 1, 1));
        waiting.join();
        assertThat(addresses.find(id("a")))
                .extracting(Holding::address)
                .containsExactly(address(1, 5));
    }

    @Test
    void anInterfaceWithAPodOfIpv6IsNotReturned() {
        learn(eni(0, 1), withBoth(1, 1));
        assertThat(ask("a", IPV6, 1).getFirst()).matches(prefix6(1)::contains);
        assertThat(addresses.reserve(new Action.Remove("eni-01"))).isFalse();
        addresses.release(id("a"), false);
        assertThat(addresses.reserve(new Action.Remove("eni-01"))).isTrue();
        assertThat(ask("b", IPV6, 1)).isEmpty();
    }

    @Test
    void anAddressThatMustBeOfOneInterfaceIsOfNoOther() {
        learn(eni(0, 2), eni(1, 1));
        Demand ofOne = Demand.of(eni(1, 1), Family.IPV4);
        assertThat(ask("a", ofOne, 2)).containsExactly(address(1, 5));
        assertThat(ask("b", ofOne, 1)).isEmpty();
        assertThat(ask("b", Demand.NODE, 1)).containsExactly(address(0, 5));
    }

    @Test
    void whoHasAnInterfacesOwnAddressHasTheInterfaceUntilItIsReleased() {
        Eni eni = eni(1, 2);
        learn(eni);
        Demand ofIt = Demand.of(eni, Family.IPV4);
        ask("a", ofIt, 1);
        assertThat(addresses.own(id("b"), POD, eni, eni.primary())).isEmpty();
        addresses.release(id("a"), false);
        assertThat(addresses.own(id("b"), POD, eni, eni.primary())).isPresent();
        assertThat(ask("a", ofIt, 1)).isEmpty();

        addresses = new Addresses(notes, clock, COOLDOWN);
        learn(eni);
        assertThat(ask("a", ofIt, 1)).isEmpty();
        addresses.release(id("b"), true);
        // Nobody else can be given it, so there is nothing that it would cool for.
        assertThat(addresses.own(id("c"), POD, eni, eni.primary())).isPresent();
        addresses.release(id("c"), true);
        assertThat(ask("a", ofIt, 1)).containsExactly(address(1, 5));
    }

    @Test
    void tellingAgainThatNothingCanGrowWakesNobody() throws InterruptedException {
        addresses.full(Demand.NODE, true);
        long seen = addresses.awaitChange(0, Duration.ZERO);
        addresses.full(Demand.NODE, true);
        assertThat(addresses.awaitChange(seen, Duration.ZERO)).isEqualTo(seen);
        addresses.full(Demand.NODE, false);
        assertThat(addresses.awaitChange(seen, Duration.ZERO)).isNotEqualTo(seen);
    }
}
