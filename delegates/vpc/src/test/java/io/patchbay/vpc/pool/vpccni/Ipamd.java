package io.patchbay.vpc.pool.vpccni;

import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// ipamd's pool (pkg/ipamd/ipamd.go of amazon-vpc-cni-k8s, b52188387), one cycle at a time. EC2
/// refuses nothing here. What it does for other things than the pool is left out: reconciling,
/// which asks instance metadata alone, and the start.
final class Ipamd {
    static final Duration CYCLE = Duration.ofSeconds(5);
    static final Duration ASSIGNING = Duration.ofMillis(600);
    static final Duration CREATING = Duration.ofSeconds(6);
    static final Duration FREEING = Duration.ofSeconds(6);
    private static final Duration BETWEEN_SHRINKS = Duration.ofSeconds(30);
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private final Options options;
    private final Calls ec2;
    private final Store store;
    private Instant shrunk = Instant.EPOCH;

    Ipamd(Options options, Calls ec2, Random random, Instant now) {
        this.options = options;
        this.ec2 = ec2;
        this.store = new Store(options.cooldown(), random);
        store.enis().add(new CniEni(ec2.newEni(), true, now));
    }

    Store store() {
        return store;
    }

    Optional<InetAddress> add(String pod, Instant now) {
        return store.assign(pod, now);
    }

    void del(String pod, Instant now) {
        store.unassign(pod, now);
    }

    /// updateIPPoolIfRequired, which blocks for as long as EC2 takes.
    ///
    /// @return how long
    Duration cycle(Instant now) {
        Duration took = Duration.ZERO;
        if (isLow()) {
            took = took.plus(grow(now));
        } else if (over() > 0 && !now.isBefore(shrunk.plus(BETWEEN_SHRINKS))) {
            took = took.plus(shrink(now));
        }
        return mayFreeEnis() ? took.plus(freeEni(now)) : took;
    }

    boolean isLow() {
        if (store.total() >= options.maxPods()) {
            return false;
        }
        if (options.countsIps()) {
            return missing() > 0;
        }
        int target =
                options.prefixes()
                        ? options.warmPrefix() * options.unit()
                        : options.warmEni() * options.perEni();
        return store.available() < target || (target == 0 && store.available() == 0);
    }

    /// In blocks, of WARM_IP_TARGET and MINIMUM_IP_TARGET.
    int missing() {
        int ips =
                Math.max(
                        Math.max(
                                options.warmIp() - store.available(),
                                options.minimumIp() - store.total()),
                        0);
        return Math.ceilDiv(ips, options.unit());
    }

    /// In blocks. WARM_ENI_TARGET knows no too many.
    int over() {
        if (options.countsIps()) {
            return options.prefixes() ? overPrefixes() : overIps();
        }
        return options.prefixes() ? Math.max(0, store.freePrefixes() - options.warmPrefix()) : 0;
    }

    private int overIps() {
        return Math.max(
                Math.min(store.available() - options.warmIp(), store.total() - options.minimumIp()),
                0);
    }

    private int overPrefixes() {
        int all = store.total() / options.unit();
        int needed = Math.ceilDiv(store.assigned() + options.warmIp(), options.unit());
        return Math.max(
                0,
                Math.min(
                        store.freePrefixes(),
                        Math.min(
                                all - needed,
                                all - Math.ceilDiv(options.minimumIp(), options.unit()))));
    }

    /// One interface that has room, or else one new interface.
    private Duration grow(Instant now) {
        for (CniEni eni : store.inMapOrder()) {
            int room = options.limits().slots() - eni.cidrs().size();
            if (room > 0) {
                ec2.call("AssignPrivateIpAddresses");
                eni.add(ec2.assign(Math.min(room, wanted()), options.prefixes()));
                return ASSIGNING;
            }
        }
        if (store.enis().size() >= options.limits().enis()) {
            return Duration.ZERO;
        }
        ec2.call(
                "DescribeSubnets",
                "CreateNetworkInterface",
                "DescribeInstances",
                "AttachNetworkInterface",
                "ModifyNetworkInterfaceAttribute",
                "DescribeSubnets");
        CniEni eni = new CniEni(ec2.newEni(), false, now);
        eni.add(ec2.assign(Math.min(options.limits().slots(), wanted()), options.prefixes()));
        store.enis().add(eni);
        return CREATING;
    }

    /// What is short, or all that fits. Prefixes that are kept whole come as many as are missing.
    private int wanted() {
        if (options.countsIps()) {
            return missing();
        }
        return options.prefixes()
                ? Math.max(1, options.warmPrefix() - store.freePrefixes())
                : Integer.MAX_VALUE;
    }

    private Duration shrink(Instant now) {
        shrunk = now;
        Duration took = Duration.ZERO;
        int left = over();
        for (CniEni eni : store.inMapOrder()) {
            List<Cidr> freeable = store.freeable(eni).stream().limit(left).toList();
            if (!freeable.isEmpty()) {
                ec2.call("UnassignPrivateIpAddresses");
                ec2.unassign(freeable);
                freeable.forEach(eni.cidrs()::remove);
                left -= freeable.size();
                took = took.plus(ASSIGNING);
            }
        }
        return took;
    }

    private boolean mayFreeEnis() {
        if (options.countsIps()) {
            return true;
        }
        int warm = options.prefixes() ? options.warmPrefix() : options.warmEni();
        return store.available() >= (warm + 1) * options.perEni()
                || (options.prefixes()
                        && store.enis().stream()
                                .anyMatch(eni -> store.assigned(eni.addresses()) == 0));
    }

    private Duration freeEni(Instant now) {
        Optional<CniEni> found =
                store.inMapOrder().stream().filter(eni -> isFreeable(eni, now)).findFirst();
        if (found.isEmpty()) {
            return Duration.ZERO;
        }
        ec2.call("DescribeNetworkInterfaces", "DetachNetworkInterface", "DeleteNetworkInterface");
        ec2.unassign(List.copyOf(found.get().cidrs().keySet()));
        store.enis().remove(found.get());
        return FREEING;
    }

    boolean isFreeable(CniEni eni, Instant now) {
        return !eni.primary()
                && !now.isBefore(eni.created().plus(YOUNG))
                && store.assigned(eni.addresses()) == 0
                && eni.addresses().stream().noneMatch(address -> store.cools(address, now))
                && othersSuffice(eni);
    }

    private boolean othersSuffice(CniEni eni) {
        if (options.countsIps()) {
            return store.available() - eni.total() >= options.warmIp()
                    && store.total() - eni.total() >= options.minimumIp();
        }
        return !options.prefixes()
                || store.freePrefixes() - eni.cidrs().size() >= options.warmPrefix();
    }
}
