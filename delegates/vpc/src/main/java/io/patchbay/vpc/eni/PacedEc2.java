package io.patchbay.vpc.eni;

import io.patchbay.spi.Meters;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.CloudException.Reason;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// EC2 at the pace of a good neighbour: a call waits for its action's turn, longer after one that
/// was throttled, and is counted. It makes each call once. An interrupt ends the wait, and nothing
/// was sent. Safe from any thread.
public final class PacedEc2 implements Ec2 {
    private static final String MODIFY = "ModifyNetworkInterfaceAttribute";
    private static final String DESCRIBE = "DescribeNetworkInterfaces";

    private final Ec2 ec2;
    private final Pace.Table paces;
    private final Waiting waiting;
    private final RandomGenerator random;
    private final Meters meters;
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();

    public PacedEc2(
            Ec2 ec2, Pace.Table paces, Waiting waiting, RandomGenerator random, Meters meters) {
        this.ec2 = ec2;
        this.paces = paces;
        this.waiting = waiting;
        this.random = random;
        this.meters = meters;
    }

    /// The actions that EC2 throttles now.
    public Set<String> throttled() {
        long now = waiting.nanos();
        return gates.entrySet().stream()
                .filter(entry -> entry.getValue().isClosed(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private <T> T paced(String action, Supplier<T> call) {
        Gate gate =
                gates.computeIfAbsent(
                        action, name -> new Gate(paces.of(name), random, waiting.nanos()));
        await(action, gate);
        long start = waiting.nanos();
        String outcome = "ok";
        try {
            T answer = call.get();
            gate.passed();
            return answer;
        } catch (CloudException e) {
            outcome = e.reason().name().toLowerCase(Locale.ROOT);
            if (e.reason() == Reason.THROTTLED) {
                gate.throttled(waiting.nanos());
            } else {
                gate.passed();
            }
            throw e;
        } finally {
            meters.count("ec2_calls", 1, "action", action, "outcome", outcome);
            meters.count("ec2_milliseconds", since(start), "action", action);
        }
    }

    private void await(String action, Gate gate) {
        long start = waiting.nanos();
        long wait = gate.enter(start);
        if (wait <= 0) {
            return;
        }
        try {
            waiting.pause(Duration.ofNanos(wait));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException(
                    Reason.SILENT,
                    "interrupted while %s waited for its turn; EC2 was not asked".formatted(action),
                    e);
        }
        meters.count("ec2_waiting_milliseconds", since(start), "action", action);
    }

    private long since(long start) {
        return Duration.ofNanos(waiting.nanos() - start).toMillis();
    }

    private void run(String action, Runnable call) {
        paced(
                action,
                () -> {
                    call.run();
                    return true;
                });
    }

    @Override
    public InstanceLimits limits(String instanceType) {
        return paced("DescribeInstanceTypes", () -> ec2.limits(instanceType));
    }

    @Override
    public List<Subnet> subnets(String vpc, String zone) {
        return paced("DescribeSubnets", () -> ec2.subnets(vpc, zone));
    }

    @Override
    public List<NetworkInterface> attachedTo(String instance) {
        return paced(DESCRIBE, () -> ec2.attachedTo(instance));
    }

    @Override
    public List<NetworkInterface> tagged(String vpc, String key) {
        return paced(DESCRIBE, () -> ec2.tagged(vpc, key));
    }

    @Override
    public Set<String> existing(Collection<String> instances) {
        return paced("DescribeInstances", () -> ec2.existing(instances));
    }

    @Override
    public NetworkInterface create(Creation wanted) {
        return paced("CreateNetworkInterface", () -> ec2.create(wanted));
    }

    @Override
    public String attach(String eni, String instance, int card, int device) {
        return paced("AttachNetworkInterface", () -> ec2.attach(eni, instance, card, device));
    }

    @Override
    public void deleteOnTermination(String eni, String attachment) {
        run(MODIFY, () -> ec2.deleteOnTermination(eni, attachment));
    }

    @Override
    public void replaceGroups(String eni, List<String> groups) {
        run(MODIFY, () -> ec2.replaceGroups(eni, groups));
    }

    @Override
    public void detach(String attachment) {
        run("DetachNetworkInterface", () -> ec2.detach(attachment));
    }

    @Override
    public void delete(String eni) {
        run("DeleteNetworkInterface", () -> ec2.delete(eni));
    }

    @Override
    public List<Cidr> assign(String eni, Order order) {
        String action =
                switch (order.kind()) {
                    case ADDRESSES, PREFIXES -> "AssignPrivateIpAddresses";
                    case IPV6_PREFIXES -> "AssignIpv6Addresses";
                };
        return paced(action, () -> ec2.assign(eni, order));
    }

    @Override
    public void unassign(String eni, Collection<Cidr> blocks) {
        unassign("UnassignPrivateIpAddresses", eni, blocks, Family.IPV4);
        unassign("UnassignIpv6Addresses", eni, blocks, Family.IPV6);
    }

    private void unassign(String action, String eni, Collection<Cidr> blocks, Family family) {
        List<Cidr> ofFamily = blocks.stream().filter(block -> Family.of(block) == family).toList();
        if (!ofFamily.isEmpty()) {
            run(action, () -> ec2.unassign(eni, ofFamily));
        }
    }

    @Override
    public void tag(String eni, Map<String, String> tags) {
        run("CreateTags", () -> ec2.tag(eni, tags));
    }
}
