package io.patchbay.vpc.pool.vpccni;

import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// ipamd's data store (pkg/ipamd/datastore/data_store.go): who has which address. Go walks its maps
/// in random order; here by a seed.
final class Store {
    private final Map<String, InetAddress> pods = new HashMap<>();
    private final Map<InetAddress, String> owners = new HashMap<>();
    private final Map<InetAddress, Instant> unassigned = new HashMap<>();
    private final List<CniEni> enis = new ArrayList<>();
    private final Duration cooldown;
    private final Random random;

    Store(Duration cooldown, Random random) {
        this.cooldown = cooldown;
        this.random = random;
    }

    List<CniEni> enis() {
        return enis;
    }

    List<CniEni> inMapOrder() {
        return shuffled(enis);
    }

    private <T> List<T> shuffled(Collection<T> all) {
        List<T> order = new ArrayList<>(all);
        Collections.shuffle(order, random);
        return order;
    }

    int total() {
        return enis.stream().mapToInt(CniEni::total).sum();
    }

    /// An address that cools counts as available (data_store.go, GetIPStats).
    int available() {
        return total() - pods.size();
    }

    int assigned() {
        return pods.size();
    }

    int assigned(List<InetAddress> addresses) {
        return Math.toIntExact(addresses.stream().filter(owners::containsKey).count());
    }

    boolean cools(InetAddress address, Instant now) {
        Instant when = unassigned.get(address);
        return when != null && now.isBefore(when.plus(cooldown));
    }

    int freePrefixes() {
        return enis.stream().mapToInt(eni -> freeable(eni).size()).sum();
    }

    /// FindFreeableCidrs: CIDRs without a pod, whether or not an address of theirs cools.
    List<Cidr> freeable(CniEni eni) {
        return eni.cidrs().entrySet().stream()
                .filter(entry -> assigned(entry.getValue()) == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Any interface, any CIDR; in it first an address that was used and has cooled, else the
    /// lowest that was never used.
    Optional<InetAddress> assign(String pod, Instant now) {
        if (pods.containsKey(pod)) {
            return Optional.of(pods.get(pod));
        }
        for (CniEni eni : inMapOrder()) {
            for (List<InetAddress> cidr : shuffled(eni.cidrs().values())) {
                Optional<InetAddress> found = pick(cidr, now);
                if (found.isPresent()) {
                    pods.put(pod, found.get());
                    owners.put(found.get(), pod);
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<InetAddress> pick(List<InetAddress> cidr, Instant now) {
        List<InetAddress> free =
                cidr.stream()
                        .filter(address -> !owners.containsKey(address) && !cools(address, now))
                        .toList();
        return free.stream()
                .filter(unassigned::containsKey)
                .findFirst()
                .or(() -> free.stream().findFirst());
    }

    void unassign(String pod, Instant now) {
        InetAddress address = pods.remove(pod);
        if (address != null) {
            owners.remove(address);
            unassigned.put(address, now);
        }
    }
}
