package io.patchbay.vpc.pool;

import static io.patchbay.vpc.pool.Enis.address;
import static io.patchbay.vpc.pool.Enis.eni;
import static io.patchbay.vpc.pool.Enis.prefix;
import static io.patchbay.vpc.pool.Enis.withPrefixes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.Journal;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import io.patchbay.spi.pod.PodRef;
import io.patchbay.vpc.MemoryJournal;
import io.patchbay.vpc.adopt.Adoption;
import io.patchbay.vpc.adopt.Allocation;
import io.patchbay.vpc.adopt.Checkpoint;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.Order;
import io.patchbay.vpc.eni.Role;
import io.patchbay.vpc.eni.Sightings;
import io.patchbay.vpc.eni.Verdict;
import io.patchbay.vpc.eni.Vote;
import io.patchbay.vpc.pool.Action.Assign;
import io.patchbay.vpc.pool.Action.Remove;
import io.patchbay.vpc.pool.Action.Unassign;
import io.patchbay.vpc.pool.Pool.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the VPC CNI v1.23.1 does wrong with addresses, done right. Sources are named as there:
/// `ipamd` is pkg/ipamd/ipamd.go, `ds` is pkg/ipamd/datastore/data_store.go, `rpc` is
/// pkg/ipamd/rpc_handler.go, `aws` is pkg/awsutils/awsutils.go. What EC2 and the kernel have a part
/// in is in DefectsOfVpcCniKernelTest, and the device number beyond its array (aws:956) in
/// ConstructionTest. An API server patched within ADD (rpc, ANNOTATE_POD_IP) cannot be: this
/// delegate writes nothing to the API server.
class DefectsOfVpcCniTest {
    private static final Duration COOLDOWN = Duration.ofSeconds(30);

    /// That of pod web-0 of default: printf default.web-0 | sha1sum
    private static final Link LINK =
            new Link(
                    7,
                    "eni0d7763386da",
                    "veth",
                    true,
                    1500,
                    0,
                    Optional.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty());

    private final HandClock clock = new HandClock();
    private final MemoryJournal<AddressNote> notes = new MemoryJournal<>();
    private Addresses addresses = new Addresses(notes, clock, COOLDOWN);

    private static AttachmentId id(String container) {
        return new AttachmentId(container, "pods", "eth0");
    }

    private InetAddress assign(String container) {
        return addresses.assign(id(container), 1).orElseThrow().address();
    }

    private static Targets prefixes(Map<String, String> variables) {
        return Targets.of(PoolSettings.NONE, variables);
    }

    /// rpc, "Case 1": DelNetwork under prefix delegation asks a /32 for IsPrefix, so that single
    /// addresses of the mode before are never freed.
    @Test
    void aSingleAddressOfTheModeBeforeIsFreedByItsPodsEndAndGivenBack() {
        InetAddress single = address(0, 5);
        Eni both = eni(0, 0, List.of(Cidr.host(single), prefix(0, 0), prefix(0, 1)));
        addresses.learn(List.of(eni(0, 1)), Set.of());
        assertThat(assign("old")).isEqualTo(single);
        addresses.learn(List.of(both), Set.of());

        addresses.release(id("old"), true);
        clock.advance(COOLDOWN);
        addresses.learn(List.of(both), Set.of());

        assertThat(addresses.pool().holdings()).isEmpty();
        assertThat(
                        Decision.of(
                                Scene.of(addresses.pool().enis().getFirst()).situation(),
                                prefixes(
                                        Map.of(
                                                "ENABLE_PREFIX_DELEGATION", "true",
                                                "WARM_PREFIX_TARGET", "1"))))
                .containsExactly(new Unassign("eni-00", List.of(Cidr.host(single))));
    }

    /// ds:1200 and 1211: totals are reduced twice when an interface with pods is removed.
    @Test
    void anInterfaceThatVanishesWithItsPodsIsCountedOnce() {
        addresses.learn(List.of(eni(0, 1), eni(1, 4)), Set.of());
        assign("a");
        assign("b");
        assertThat(counts()).containsExactly(2, 3);

        addresses.learn(List.of(eni(0, 1)), Set.of());
        assertThat(counts()).containsExactly(1, 0);

        addresses.learn(List.of(eni(0, 1), eni(1, 4)), Set.of());
        assertThat(counts()).containsExactly(2, 3);
    }

    private List<Integer> counts() {
        Pool pool = addresses.pool();
        return List.of(
                (int) pool.count(State.ASSIGNED, clock.instant()),
                (int) pool.count(State.FREE, clock.instant()));
    }

    /// ds:1775: an excluded interface's prefixes are dropped from the store, and stay in EC2.
    @Test
    void whatAnExcludedInterfaceLosesIsReturnedToEc2BeforeItIsForgotten() {
        Eni excluded = withPrefixes(0, 2);
        addresses.learn(List.of(excluded, withPrefixes(1, 2)), Set.of(), Set.of("eni-00"));
        Action action =
                Decision.of(
                                Scene.of(excluded, withPrefixes(1, 2)).closed("eni-00").situation(),
                                prefixes(Map.of("ENABLE_PREFIX_DELEGATION", "true")))
                        .getFirst();
        assertThat(action).isEqualTo(new Unassign("eni-00", excluded.blocks()));

        assertThat(addresses.reserve(action)).isTrue();
        assertThat(addresses.pool().eni("eni-00")).contains(excluded);
        addresses.confirm(action);
        assertThat(addresses.pool().eni("eni-00").orElseThrow().blocks()).isEmpty();
    }

    /// ipamd:2479: tryUnassignPrefixFromENI returns at the first failure, and what it has taken
    /// from the store before stays in EC2; ipamd:2703: a failed Unassign is only logged.
    @Test
    void whatEc2DidNotTakeBackIsThePoolsAgain() {
        addresses.learn(List.of(eni(0, 1), eni(1, 2)), Set.of());
        Action first = new Unassign("eni-00", eni(0, 1).blocks());
        Action second = new Unassign("eni-01", eni(1, 2).blocks());
        assertThat(addresses.reserve(first)).isTrue();
        assertThat(addresses.reserve(second)).isTrue();
        assertThat(addresses.assign(id("a"), 1)).isEmpty();

        addresses.keep(second);
        addresses.confirm(first);

        assertThat(counts()).containsExactly(0, 2);
        assertThat(List.of(assign("a"), assign("b")))
                .containsExactlyElementsOf(eni(1, 2).addresses());
    }

    /// ds:1448: GetFreePrefixes counts those of excluded interfaces, and WARM_PREFIX_TARGET is
    /// believed to be met.
    @Test
    void freePrefixesOfAnExcludedInterfaceAreNoStock() {
        assertThat(
                        Decision.of(
                                Scene.of(eni(0, 0), withPrefixes(1, 2))
                                        .closed("eni-01")
                                        .situation(),
                                prefixes(
                                        Map.of(
                                                "ENABLE_PREFIX_DELEGATION", "true",
                                                "WARM_PREFIX_TARGET", "1"))))
                .containsExactly(new Assign("eni-00", Order.prefixes(1)));
    }

    /// ds:411: an allocation whose address metadata does not tell of at the start is presumed
    /// stale, and its pod lives on with it.
    @Test
    void aLivePodKeepsAnAddressThatMetadataDoesNotTellOfYet() {
        addresses.learn(List.of(eni(0, 1), eni(1, 1)), Set.of());
        InetAddress first = assign("a");
        InetAddress second = assign("b");
        addresses = new Addresses(notes, clock, COOLDOWN);

        addresses.learn(List.of(), Set.of());
        assertThat(addresses.assign(id("c"), 1)).isEmpty();
        addresses.learn(List.of(eni(0, 1), eni(1, 2)), Set.of());

        assertThat(assign("c")).isNotIn(first, second);
        assertThat(addresses.find(id("b"))).extracting(Holding::address).containsExactly(second);
    }

    /// ds:411 again, of the pods that were the VPC CNI's.
    @Test
    void aPodThatIsTakenOverKeepsAnAddressThatMetadataDoesNotTellOfYet() {
        Allocation web = allocation("c-1");
        Adoption adoption = adoption(web);

        assertThat(adoption.holdings())
                .singleElement()
                .satisfies(holding -> assertThat(holding.owner()).isEqualTo(web.id()));
        assertThat(adoption.leftovers()).isEmpty();
    }

    /// ds:1627: an allocation lives as long as there is a link named after its pod, which a pod
    /// that was made anew under the name has, too.
    @Test
    void aPodThatWasMadeAnewKeepsNoAddressOfTheOneBefore() {
        Allocation before = allocation("c-0");
        InetAddress now = address(0, 9);
        Adoption adoption =
                Adoption.of(
                        new Checkpoint(List.of(before), List.of()),
                        List.of(Rule.to(Cidr.host(before.address()), 512, Route.MAIN)),
                        List.of(Route.to(Cidr.host(now)).on(LINK.index())),
                        List.of(LINK),
                        List.of());
        assertThat(adoption.holdings()).isEmpty();
        assertThat(adoption.leftovers()).hasSize(1);
    }

    private static Allocation allocation(String container) {
        return new Allocation(
                new AttachmentId(container, "aws-cni", "eth0"),
                address(9, 5),
                new PodRef("default", "web-0", ""),
                0);
    }

    private static Adoption adoption(Allocation allocation) {
        Cidr address = Cidr.host(allocation.address());
        return Adoption.of(
                new Checkpoint(List.of(allocation), List.of()),
                List.of(Rule.to(address, 512, Route.MAIN)),
                List.of(Route.to(address).on(LINK.index())),
                List.of(LINK),
                List.of());
    }

    /// ds:348: a checkpoint that cannot be read ends the agent, at every start.
    @Test
    void aCheckpointThatCannotBeReadIsNamedAndNotFatal(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("ipam.json"), "{\"version\":\"vpc-cni-ipam/1\",\"all");
        Files.writeString(directory.resolve("ipam-nic-1.json"), "{\"version\":\"vpc-cni-ipam/9\"}");
        Checkpoint checkpoint = Checkpoint.read(directory);
        assertThat(checkpoint.allocations()).isEmpty();
        assertThat(checkpoint.remarks())
                .hasSize(2)
                .anyMatch(remark -> remark.contains("ipam.json"))
                .anyMatch(remark -> remark.contains("ipam-nic-1.json"));
    }

    /// cni, rpc (#2048): DEL tells success where the agent did not answer, and the address stays
    /// assigned until the next start.
    @Test
    void aReleaseThatCannotBeNotedFailsAndTheNextOneFreesTheAddress() {
        DiskFull disk = new DiskFull(notes);
        addresses = new Addresses(disk, clock, COOLDOWN);
        addresses.learn(List.of(eni(0, 1)), Set.of());
        assign("a");

        disk.full = true;
        assertThatThrownBy(() -> addresses.release(id("a"), true))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(counts()).containsExactly(1, 0);

        disk.full = false;
        addresses.release(id("a"), true);
        clock.advance(COOLDOWN);
        assertThat(assign("b")).isEqualTo(address(0, 5));
    }

    private static final class DiskFull implements Journal<AddressNote> {
        private final Journal<AddressNote> disk;
        private boolean full;

        DiskFull(Journal<AddressNote> disk) {
            this.disk = disk;
        }

        @Override
        public Optional<AddressNote> find(String key) {
            return disk.find(key);
        }

        @Override
        public void write(String key, AddressNote note) {
            if (full) {
                throw new UncheckedIOException(new IOException("no space left on device"));
            }
            disk.write(key, note);
        }

        @Override
        public void erase(String key) {
            disk.erase(key);
        }

        @Override
        public Map<String, AddressNote> all() {
            return disk.all();
        }
    }

    /// ipamd:2177: what cools counts as available, so that nothing grows while no pod gets an
    /// address (#1700, #2896).
    @Test
    void whatCoolsIsNoStock() {
        Scene scene = Scene.of(eni(0, 4));
        IntStream.range(0, 4).forEach(i -> scene.cooling(address(0, 5 + i), 20));
        assertThat(
                        Decision.of(
                                scene.limits(10, 3).waiting(1).situation(),
                                prefixes(Map.of("WARM_IP_TARGET", "1"))))
                .containsExactly(new Assign("eni-00", Order.addresses(2)));
    }

    /// ds:1562: FindFreeableCidrs gives back what cools, and another node's pod gets it at once.
    @Test
    void whatCoolsIsNotGivenBack() {
        Scene scene = Scene.of(eni(0, 9));
        IntStream.range(0, 9).forEach(i -> scene.cooling(address(0, 5 + i), 20));
        assertThat(
                        Decision.of(
                                scene.limits(10, 3).situation(),
                                Targets.of(
                                        PoolSettings.NONE,
                                        Map.of("WARM_IP_TARGET", "1", "MAX_ENI", "1"))))
                .noneMatch(Unassign.class::isInstance)
                .noneMatch(Remove.class::isInstance);
    }

    /// ds, UnassignedTime (#1188): the cooldown is forgotten by a restart.
    @Test
    void whatCoolsCoolsOnAfterARestart() {
        addresses.learn(List.of(eni(0, 1)), Set.of());
        assign("a");
        addresses.release(id("a"), true);
        addresses = new Addresses(notes, clock, COOLDOWN);
        addresses.learn(List.of(eni(0, 1)), Set.of());
        assertThat(addresses.assign(id("b"), 1)).isEmpty();
    }

    /// ipamd:1689: an interface that metadata does not tell of is removed, pods and all.
    @Test
    void anInterfaceWithAPodIsNotGoneOnMetadatasWordAlone() {
        Eni primary = eni(0, 1);
        Eni second = eni(1, 1);
        Verdict verdict =
                Vote.on(
                        new Sightings(
                                Optional.of(List.of(primary)),
                                Optional.empty(),
                                Set.of(primary.mac(), second.mac()),
                                Set.copyOf(second.addresses()),
                                List.of(primary, second),
                                new Role.Rules(true, Set.of()),
                                false));
        assertThat(verdict.believed()).containsExactly(primary, second);
    }

    /// cni: ADD has no deadline of its own.
    @Test
    void anAddWaitsForAnAddressNoLongerThanItMay() {
        assertThat(addresses.await(id("a"), 1, Duration.ofMillis(20))).isEmpty();
        assertThat(addresses.waiting()).isZero();
        addresses.learn(List.of(eni(0, 1)), Set.of());
        assertThat(assign("b")).isEqualTo(address(0, 5));
    }

    /// §5.1: a second ADD of a pod gets its address, and then fails at the link that is there
    /// already.
    @Test
    void anAttachmentThatAsksTwiceHasOneAddress() {
        addresses.learn(List.of(eni(0, 2)), Set.of());
        assertThat(assign("a")).isEqualTo(assign("a"));
        assertThat(counts()).containsExactly(1, 1);
    }
}
