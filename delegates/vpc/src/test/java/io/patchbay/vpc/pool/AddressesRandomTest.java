package io.patchbay.vpc.pool;

import static io.patchbay.vpc.pool.Enis.eni;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.vpc.MemoryJournal;
import io.patchbay.vpc.eni.Eni;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random days of a node against a model of what may never happen.
class AddressesRandomTest {
    private static final Duration COOLDOWN = Duration.ofSeconds(30);
    private static final int STEPS = 2000;
    private static final int PODS = 12;

    private final HandClock clock = new HandClock();
    private final MemoryJournal<AddressNote> notes = new MemoryJournal<>();
    private final Map<AttachmentId, InetAddress> owned = new HashMap<>();
    private final Map<InetAddress, Instant> cooling = new HashMap<>();
    private Addresses addresses = new Addresses(notes, clock, COOLDOWN);
    private List<Eni> enis = List.of();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void noAddressHasTwoOwnersNoneIsGivenWhileItCoolsAndNoneIsLost(long seed) {
        Random random = new Random(seed);
        learn(random);
        for (int step = 0; step < STEPS; step++) {
            AttachmentId id = new AttachmentId("pod" + random.nextInt(PODS), "pods", "eth0");
            switch (random.nextInt(10)) {
                case 0 -> learn(random);
                case 1 -> restart();
                case 2, 3 -> clock.advance(Duration.ofSeconds(random.nextInt(20)));
                case 4, 5, 6 -> release(id, random.nextInt(4) > 0);
                default -> assign(id);
            }
            assertThat(
                            notes.all().values().stream()
                                    .filter(note -> note.coolsUntil() == 0)
                                    .map(AddressNote::owner)
                                    .collect(Collectors.toSet()))
                    .as("owners on disk after step %d", step)
                    .isEqualTo(owned.keySet());
        }
    }

    private void learn(Random random) {
        List<Eni> attached = new ArrayList<>();
        for (int device = 0; device < 3; device++) {
            if (device == 0 || random.nextBoolean()) {
                attached.add(eni(device, random.nextInt(5)));
            }
        }
        enis = attached;
        addresses.learn(enis, Set.of());
    }

    private void restart() {
        addresses = new Addresses(notes, clock, COOLDOWN);
        addresses.learn(enis, Set.of());
    }

    private void assign(AttachmentId id) {
        Optional<InetAddress> given = addresses.assign(id, 1).map(Holding::address);
        InetAddress own = owned.get(id);
        if (own != null) {
            assertThat(given).contains(own);
            return;
        }
        Set<InetAddress> free = free();
        if (given.isEmpty()) {
            assertThat(free).as("an address is free, and was refused to %s", id).isEmpty();
            assertThat(addresses.refusal(id, Demand.NODE)).isPresent();
        } else {
            assertThat(free).as("%s was given to %s", given.get(), id).contains(given.get());
            owned.put(id, given.get());
        }
    }

    private Set<InetAddress> free() {
        return enis.stream()
                .flatMap(eni -> eni.addresses().stream())
                .filter(address -> !owned.containsValue(address))
                .filter(address ->
                        !cooling.getOrDefault(address, Instant.MIN).isAfter(clock.instant()))
                .collect(Collectors.toSet());
    }

    private void release(AttachmentId id, boolean used) {
        addresses.release(id, used);
        InetAddress address = owned.remove(id);
        if (address != null && used) {
            cooling.put(address, clock.instant().plus(COOLDOWN));
        }
    }
}
