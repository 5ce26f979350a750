package io.patchbay.vpc.pool;

import static io.patchbay.vpc.pool.Enis.address;
import static io.patchbay.vpc.pool.Enis.eni;
import static io.patchbay.vpc.pool.Enis.prefix;
import static io.patchbay.vpc.pool.Enis.withPrefixes;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.MemoryJournal;
import io.patchbay.vpc.pool.Action.Remove;
import io.patchbay.vpc.pool.Action.Unassign;
import io.patchbay.vpc.pool.Pool.State;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Who waits, what is on its way back, and what comes late.
class AddressesWaitTest {
    private static final Duration COOLDOWN = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final HandClock clock = new HandClock();
    private final MemoryJournal<AddressNote> notes = new MemoryJournal<>();
    private final Addresses addresses = new Addresses(notes, clock, COOLDOWN);

    @Test
    void whoWaitsIsServedByGrowthInTheOrderOfComing() throws Exception {
        addresses.learn(List.of(eni(0, 0)), Set.of());
        List<CompletableFuture<InetAddress>> pods = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            pods.add(await("pod" + i, i + 1));
        }
        addresses.gain("eni-00", List.of(Cidr.host(address(0, 9))));
        assertThat(pods.get(0).get(1, TimeUnit.MINUTES)).isEqualTo(address(0, 9));
        assertThat(addresses.waiting()).isEqualTo(2);
        addresses.gain("eni-00", List.of(Cidr.host(address(0, 10)), Cidr.host(address(0, 11))));
        assertThat(pods.get(1).get(1, TimeUnit.MINUTES)).isEqualTo(address(0, 10));
        assertThat(pods.get(2).get(1, TimeUnit.MINUTES)).isEqualTo(address(0, 11));
        assertThat(notes.all()).hasSize(3);
    }

    @Test
    void whoComesLaterDoesNotOvertake() throws Exception {
        addresses.learn(List.of(eni(0, 1)), Set.of());
        addresses.assign(id("first"), 1);
        CompletableFuture<InetAddress> waiting = await("waiting", 1);
        assertThat(addresses.assign(id("late"), 1)).isEmpty();
        addresses.release(id("first"), false);
        assertThat(addresses.assign(id("late"), 1)).isEmpty();
        assertThat(waiting.get(1, TimeUnit.MINUTES)).isEqualTo(address(0, 5));
    }

    @Test
    void whoWaitsInVainGetsNothingAndIsForgotten() {
        addresses.learn(List.of(eni(0, 0)), Set.of());
        assertThat(addresses.await(id("a"), 1, Duration.ofMillis(20))).isEmpty();
        assertThat(addresses.waiting()).isZero();
        assertThat(notes.all()).isEmpty();
    }

    @Test
    void anInterruptionIsCode11AndLeavesNothing() throws Exception {
        addresses.learn(List.of(eni(0, 0)), Set.of());
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread thread =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                addresses.await(id("a"), 1, LONG);
                                thrown.complete(new AssertionError("nothing was thrown"));
                            } catch (CniException e) {
                                thrown.complete(e);
                            }
                        });
        untilWaiting(1);
        thread.interrupt();
        assertThat(thrown.get(1, TimeUnit.MINUTES))
                .isInstanceOfSatisfying(
                        CniException.class,
                        e -> assertThat(e.code()).isEqualTo(Standard.TRY_AGAIN_LATER))
                .hasMessageContaining("eth0 of a on pods was interrupted while it waited");
        assertThat(addresses.waiting()).isZero();
    }

    @Test
    void demandWakesWhoeverFillsThePool() throws Exception {
        addresses.learn(List.of(eni(0, 0)), Set.of());
        long seen = addresses.awaitChange(0, LONG);
        CompletableFuture<Long> loop =
                CompletableFuture.supplyAsync(() -> {
                    try {
                        return addresses.awaitChange(seen, LONG);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
        CompletableFuture<InetAddress> pod = await("a", 1);
        assertThat(loop.get(1, TimeUnit.MINUTES)).isGreaterThan(seen);
        addresses.learn(List.of(eni(0, 1)), Set.of());
        assertThat(pod.get(1, TimeUnit.MINUTES)).isEqualTo(address(0, 5));
    }

    @Test
    void whereThePoolCannotGrowTheAddressThatCooledLongestIsGivenEarly() {
        addresses.learn(List.of(eni(0, 2)), Set.of());
        InetAddress first = addresses.assign(id("a"), 1).orElseThrow().address();
        addresses.assign(id("b"), 1);
        addresses.release(id("a"), true);
        clock.advance(Duration.ofSeconds(5));
        addresses.release(id("b"), true);
        clock.advance(Duration.ofSeconds(4));
        addresses.full(Demand.NODE, true);
        assertThat(addresses.assign(id("c"), 1)).as("after 9 of 30 s").isEmpty();
        clock.advance(Duration.ofSeconds(1));
        addresses.full(Demand.NODE, false);
        assertThat(addresses.assign(id("c"), 1)).as("while it can grow").isEmpty();
        addresses.full(Demand.NODE, true);
        assertThat(addresses.assign(id("c"), 1).map(Holding::address)).contains(first);
        assertThat(addresses.early()).isOne();
        assertThat(addresses.assign(id("d"), 1)).isEmpty();
    }

    @Test
    void whatIsReturnedIsNotGivenMeanwhileAndForgottenOnlyWhenEc2HasConfirmed() {
        addresses.learn(List.of(eni(0, 2)), Set.of());
        Unassign one = new Unassign("eni-00", List.of(Cidr.host(address(0, 5))));
        assertThat(addresses.reserve(one)).isTrue();
        assertThat(addresses.pool().state(address(0, 5), clock.instant()))
                .isEqualTo(State.RETURNING);
        assertThat(addresses.assign(id("a"), 1).map(Holding::address)).contains(address(0, 6));
        assertThat(addresses.assign(id("b"), 1)).isEmpty();
        addresses.confirm(one);
        assertThat(addresses.pool().enis().getFirst().addresses()).containsExactly(address(0, 6));
    }

    @Test
    void afterARefusedReturnThePoolIsAsItWas() {
        addresses.learn(List.of(eni(0, 2)), Set.of());
        Pool before = addresses.pool();
        Unassign one = new Unassign("eni-00", List.of(Cidr.host(address(0, 5))));
        assertThat(addresses.reserve(one)).isTrue();
        addresses.keep(one);
        assertThat(addresses.pool()).isEqualTo(before);
    }

    @Test
    void aBlockThatSomebodyHasOrThatCoolsCannotBeReturned() {
        addresses.learn(List.of(withPrefixes(0, 1)), Set.of());
        Unassign prefix = new Unassign("eni-00", List.of(prefix(0, 0)));
        addresses.assign(id("a"), 1);
        assertThat(addresses.reserve(prefix)).isFalse();
        addresses.release(id("a"), true);
        assertThat(addresses.reserve(prefix)).isFalse();
        assertThat(addresses.pool().returning()).isEmpty();
        clock.advance(COOLDOWN);
        assertThat(addresses.reserve(prefix)).isTrue();
    }

    @Test
    void anInterfaceIsRemovedAsAWhole() {
        addresses.learn(List.of(eni(0, 0), eni(1, 2)), Set.of());
        Remove remove = new Remove("eni-01");
        assertThat(addresses.reserve(remove)).isTrue();
        assertThat(addresses.assign(id("a"), 1)).isEmpty();
        addresses.confirm(remove);
        assertThat(addresses.pool().enis()).containsExactly(eni(0, 0));
        assertThat(addresses.pool().returning()).isEmpty();
    }

    @Test
    void metadataThatLagsDoesNotUndoWhatEc2HasConfirmed() {
        addresses.learn(List.of(eni(0, 2), eni(1, 1)), Set.of());
        Unassign returned = new Unassign("eni-00", List.of(Cidr.host(address(0, 5))));
        addresses.reserve(returned);
        addresses.confirm(returned);
        addresses.gain("eni-00", List.of(Cidr.host(address(0, 9))));
        addresses.reserve(new Remove("eni-01"));
        addresses.confirm(new Remove("eni-01"));
        addresses.learn(List.of(eni(0, 2), eni(1, 1)), Set.of());
        assertThat(addresses.pool().enis()).hasSize(1);
        assertThat(addresses.pool().enis().getFirst().addresses())
                .containsExactly(address(0, 6), address(0, 9));
        clock.advance(Duration.ofSeconds(61));
        addresses.learn(List.of(eni(0, 2), eni(1, 1)), Set.of());
        assertThat(addresses.pool().enis()).containsExactly(eni(0, 2), eni(1, 1));
    }

    @Test
    void anInterfaceThatDrainsTakesNobodyAndKeepsItsPods() {
        addresses.learn(List.of(eni(0, 1)), Set.of());
        addresses.assign(id("a"), 1);
        addresses.learn(List.of(eni(0, 2)), Set.of(), Set.of("eni-00"));
        assertThat(addresses.assign(id("b"), 1)).isEmpty();
        assertThat(addresses.find(id("a"))).isNotEmpty();
    }

    @Test
    void adoptedAddressesAreTheirOwnersAndOutliveARestart() {
        Holding running = adopted("old", 7);
        addresses.adopt(List.of(running));
        addresses.adopt(List.of(adopted("other", 8)));
        Addresses restarted = new Addresses(notes, clock, COOLDOWN);
        restarted.learn(List.of(eni(0, 2)), Set.of(address(0, 5)));
        assertThat(restarted.find(id("old"))).contains(running);
        assertThat(restarted.find(id("other"))).isEmpty();
        assertThat(restarted.assign(id("new"), 1).map(Holding::address)).contains(address(0, 6));
        assertThat(restarted.pool().adoptedBy("old")).containsExactly(running);
        assertThat(restarted.pool().adoptedBy("new")).as("its DEL is the core's").isEmpty();
        restarted.release(id("old"), true);
        assertThat(restarted.pool().state(address(0, 5), clock.instant())).isEqualTo(State.COOLING);
        assertThat(restarted.pool().adoptedBy("old")).isEmpty();
    }

    private static Holding adopted(String container, int link) {
        return new Holding(
                address(0, 5),
                id(container),
                "eni-00",
                254,
                link,
                Optional.empty(),
                Optional.empty(),
                true);
    }

    private CompletableFuture<InetAddress> await(String container, int place) throws Exception {
        CompletableFuture<InetAddress> given = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(() ->
                        given.complete(
                                addresses.await(id(container), 1, LONG).orElseThrow().address()));
        untilWaiting(place);
        return given;
    }

    private void untilWaiting(int count) throws InterruptedException {
        long seen = 0;
        while (addresses.waiting() < count) {
            seen = addresses.awaitChange(seen, LONG);
        }
    }

    private static AttachmentId id(String container) {
        return new AttachmentId(container, "pods", "eth0");
    }
}
