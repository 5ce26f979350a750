package io.patchbay.vpc.eni;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.vpc.eni.CloudException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaksTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Identity IDENTITY = new Identity("i-1", Optional.of("blue"), Map.of());

    @ParameterizedTest(
            name = "owner {0}, cluster {1}, of {2}, {3} s old, attached {4}, noted {5}: {6}")
    @CsvSource({
        "patchbay, blue, i-1, 400, false, false, true",
        "patchbay, blue, i-gone, 400, false, false, true",
        "patchbay, blue, i-there, 400, false, false, false",
        "patchbay, blue, , 400, false, false, false",
        "patchbay, blue, i-1, 200, false, false, false",
        "patchbay, blue, i-1, -1, false, false, false",
        "patchbay, blue, i-1, 400, true, false, false",
        "patchbay, blue, i-1, 400, false, true, false",
        "patchbay, red, i-1, 400, false, false, false",
        "patchbay, , i-1, 400, false, false, false",
        "amazon-vpc-cni, blue, i-1, 400, false, false, false",
        ", blue, i-1, 400, false, false, false"
    })
    void anInterfaceIsLeakedWhenNothingSpeaksForIt(
            @Nullable String owner,
            @Nullable String cluster,
            @Nullable String instance,
            long age,
            boolean attached,
            boolean noted,
            boolean leaked) {
        NetworkInterface eni = tagged(owner, cluster, instance, age);
        NetworkInterface seen = attached ? eni : Described.off(eni);
        Leaks leaks = new Leaks(IDENTITY, noted ? Set.of(eni.id()) : Set.of(), NOW);
        assertThat(leaks.of(List.of(seen), Set.of("i-there")))
                .isEqualTo(leaked ? List.of(seen) : List.of());
    }

    @Test
    void aClusterWithoutANameSweepsWhatHasNone() {
        Leaks nameless = new Leaks(new Identity("i-1", Optional.empty(), Map.of()), Set.of(), NOW);
        NetworkInterface named = Described.off(tagged("patchbay", "blue", "i-1", 400));
        NetworkInterface plain = Described.off(tagged("patchbay", null, "i-1", 400));
        assertThat(nameless.of(List.of(named, plain), Set.of())).containsExactly(plain);
    }

    @Test
    void theOwnersAreThoseOfWhatIsLeftAlone() {
        Leaks leaks = new Leaks(IDENTITY, Set.of(), NOW);
        assertThat(
                        leaks.owners(
                                List.of(
                                        Described.off(tagged("patchbay", "blue", "i-2", 400)),
                                        Described.off(tagged("patchbay", "blue", "i-1", 400)),
                                        Described.off(tagged("patchbay", "red", "i-3", 400)),
                                        tagged("patchbay", "blue", "i-4", 400))))
                .containsExactly("i-2");
    }

    private static NetworkInterface tagged(
            @Nullable String owner, @Nullable String cluster, @Nullable String instance, long age) {
        Map<String, String> tags = new HashMap<>();
        if (owner != null) {
            tags.put(Identity.OWNER, owner);
        }
        if (cluster != null) {
            tags.put(Identity.CLUSTER, cluster);
        }
        if (instance != null) {
            tags.put(Identity.INSTANCE, instance);
        }
        if (age >= 0) {
            tags.put(Identity.CREATED_AT, NOW.minusSeconds(age).toString());
        }
        return Described.of(5, "interface", "subnet-a", tags, List.of());
    }

    @Test
    void aSweepDeletesWhatIsLeakedAndGoesOnAfterARefusal() {
        SweptEc2 ec2 = new SweptEc2();
        ec2.enis.add(numbered(1, "i-1"));
        ec2.enis.add(numbered(2, "i-there"));
        ec2.enis.add(numbered(3, "i-gone"));
        ec2.refused.add("eni-1");
        assertThat(sweep(ec2).run()).containsExactly("eni-3");
        assertThat(ec2.deleted).containsExactly("eni-3");
    }

    @Test
    void sweepsBeginAtRandomAndComeEveryHourWhateverFails() throws InterruptedException {
        SweptEc2 ec2 = new SweptEc2();
        ec2.silent = 1;
        ec2.enis.add(numbered(1, "i-1"));
        HandTime time = new HandTime();
        LeakSweep sweep = sweep(ec2);
        ec2.afterDeletion = Thread.currentThread()::interrupt;
        sweep.keepSweeping(time, new Random(3));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ec2.deleted).containsExactly("eni-1");
        assertThat(time.pauses()).hasSize(2);
        assertThat(time.pauses().getFirst()).isBetween(Duration.ZERO, Duration.ofMinutes(5));
        assertThat(time.pauses().getLast()).isEqualTo(Duration.ofHours(1));
    }

    private static LeakSweep sweep(Ec2 ec2) {
        return new LeakSweep(
                ec2,
                new Intents(new KeptNotes<>(new Mortality()), () -> NOW),
                IDENTITY,
                "vpc-1",
                () -> NOW);
    }

    private static NetworkInterface numbered(int device, String instance) {
        return Described.off(
                Described.of(
                        device,
                        "interface",
                        "subnet-a",
                        Map.of(
                                Identity.OWNER, "patchbay",
                                Identity.CLUSTER, "blue",
                                Identity.INSTANCE, instance,
                                Identity.CREATED_AT, "2025-12-31T00:00:00Z"),
                        List.of()));
    }

    /// EC2 as a sweep meets it.
    private static final class SweptEc2 implements PartOfEc2 {
        private final List<NetworkInterface> enis = new ArrayList<>();
        private final Set<String> refused = new HashSet<>();
        private final List<String> deleted = new ArrayList<>();
        private Runnable afterDeletion = () -> {};
        private int silent;

        @Override
        public List<NetworkInterface> tagged(String vpc, String key) {
            assertThat(vpc).isEqualTo("vpc-1");
            assertThat(key).isEqualTo(Identity.OWNER);
            if (silent-- > 0) {
                throw new CloudException(Reason.SILENT, "no answer");
            }
            return List.copyOf(enis);
        }

        @Override
        public Set<String> existing(Collection<String> instances) {
            return instances.contains("i-there") ? Set.of("i-there") : Set.of();
        }

        @Override
        public void delete(String eni) {
            if (refused.contains(eni)) {
                throw new CloudException(Reason.DENIED, "no");
            }
            deleted.add(eni);
            afterDeletion.run();
        }
    }
}
