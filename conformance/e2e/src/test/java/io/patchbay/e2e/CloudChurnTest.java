package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.cloud.Layout;
import io.patchbay.cloud.control.Fault;
import io.patchbay.cloud.control.Weather;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.Order;
import io.patchbay.e2e.CloudChurn.Stage;
import io.patchbay.kit.snapshot.Witness;
import io.patchbay.spi.net.Cidr;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Pods that come and go by the hundred on a cloud that throttles, lags, loses and garbles answers,
/// in subnets where others take prefixes, then everything, and go again; the daemon is killed after
/// every 300 pods, which at ten a second is half a minute.
@Tag("kernel")
@Timeout(1800)
class CloudChurnTest {
    private static final Duration STAY = Duration.ofMillis(60);
    private static final int BEYOND = 8;
    private static final int PREFIX = 28;

    private static final Weather LATE =
            Weather.FAIR
                    .lag(Duration.ofMillis(500))
                    .imdsLag(Duration.ofSeconds(2))
                    .delay("AssignPrivateIpAddresses", Duration.ofMillis(100))
                    .delay("CreateNetworkInterface", Duration.ofMillis(300));

    private static final Weather FOUL =
            LATE.limit(Weather.ALL, 6, 2).limit("AssignPrivateIpAddresses", 1, 0.5);

    private static final List<String> SPOILED =
            List.of("CreateNetworkInterface", "AssignPrivateIpAddresses", "AttachNetworkInterface");

    @TempDir private Path work;

    private int spoiled;

    /// Two subnets of two prefixes and 27 single addresses each, of which others have a prefix each
    /// from the beginning.
    @Test
    void withPrefixes() throws Exception {
        Layout one = first("10.0.0.0/26").reserve("10.0.0.16/28").reserve("10.0.0.32/28");
        Layout layout = second(one, "10.0.1.0/26").reserve("10.0.1.16/28").reserve("10.0.1.32/28");
        try (CloudChurn churn =
                CloudChurn.boot(work, layout, FOUL, "prefixes: true, warmAddresses: 8")) {
            List<CloudChurnTenant> tenants = tenants(churn);
            tenants.forEach(tenant -> tenant.take(Order.prefixes(1)));

            churn.run(new Stage(1000, 16, STAY, 3), () -> spoil(churn));
            growIntoSecondSubnet(churn);
            tenants.forEach(CloudChurnTenant::takePrefixes);
            crowdOntoSingleAddresses(churn);
            tenants.forEach(CloudChurnTenant::takeAll);
            churn.run(new Stage(300, 16, STAY, 1), () -> spoil(churn));
            crowd(churn, tenants);
            tenants.forEach(CloudChurnTenant::leave);
            churn.run(new Stage(700, 16, STAY, 2), () -> spoil(churn));

            report(churn, "prefixes", 2000);
            assertJust(churn);
            drain(churn, blocks -> blocks.size() == 1 && blocks.getFirst().prefix() == PREFIX);
        }
    }

    /// Two subnets of 11 addresses each, fewer than the node has places for.
    @Test
    void withSingleAddresses() throws Exception {
        Layout layout = second(first("10.0.0.0/28"), "10.0.1.0/28");
        try (CloudChurn churn = CloudChurn.boot(work, layout, FOUL, "warmAddresses: 4")) {
            List<CloudChurnTenant> tenants = tenants(churn);

            churn.run(new Stage(200, 8, STAY, 1), () -> spoil(churn));
            growIntoSecondSubnet(churn);
            crowd(churn, tenants);
            tenants.forEach(CloudChurnTenant::leave);
            churn.run(new Stage(100, 8, STAY, 1), () -> spoil(churn));

            report(churn, "single addresses", 300);
            assertJust(churn);
            drain(churn, blocks -> blocks.size() >= 4 && blocks.size() <= 6);
        }
    }

    /// The VPC CNI's model and this pool, under one workload, are in SideBySideTest of
    /// delegates/vpc.
    @Test
    void withoutFaultsFewCalls() throws Exception {
        Layout layout = second(first("10.0.0.0/24"), "10.0.1.0/24");
        try (CloudChurn churn = CloudChurn.boot(work, layout, Weather.FAIR, "prefixes: true")) {
            churn.run(new Stage(200, 16, Duration.ofMillis(200), 0), () -> {});
            report(churn, "prefixes, no faults", 200);
            assertThat(churn.book().refused()).isEmpty();
            assertThat(callsPerPod(churn, 200)).isLessThanOrEqualTo(0.2);
        }
    }

    private static Layout first(String cidr) {
        return Layout.of("10.0.0.0/16").subnet(cidr);
    }

    private static Layout second(Layout layout, String cidr) {
        return layout.subnet(cidr, Layout.ZONE, Map.of("kubernetes.io/role/cni", "1"));
    }

    private static List<CloudChurnTenant> tenants(CloudChurn churn) {
        return churn.vpc().subnets().stream()
                .map(subnet -> new CloudChurnTenant(churn.vpc(), subnet.cidr()))
                .toList();
    }

    private static boolean isOfSecondSubnet(CloudChurn churn, InetAddress address) {
        return churn.vpc().subnets().getLast().cidr().contains(address);
    }

    /// The next calls, each of another action, are carried out and their answers lost or garbled.
    private void spoil(CloudChurn churn) {
        churn.vpc()
                .faults()
                .next(
                        SPOILED.get(spoiled % SPOILED.size()),
                        1,
                        spoiled % 2 == 0 ? new Fault.Lose() : new Fault.Garble());
        spoiled++;
    }

    /// More pods than the node has addresses, until EC2 has throttled that, and has given some of
    /// the second subnet: how soon depends on how many pods the machine can lead at once.
    private static void growIntoSecondSubnet(CloudChurn churn) throws Exception {
        while (churn.vpc().faults().throttled().isEmpty()
                || churn.book().given().stream()
                        .noneMatch(address -> isOfSecondSubnet(churn, address))) {
            churn.crowd(churn.witness().addresses().size() + BEYOND, () -> {});
        }
    }

    /// More pods than the node has addresses in prefixes, while EC2 has single ones alone, and says
    /// so.
    private static void crowdOntoSingleAddresses(CloudChurn churn) throws Exception {
        churn.vpc().faults().set(LATE);
        do {
            churn.crowd(churn.witness().addresses().size() + BEYOND, () -> {});
        } while (!hasRefused(churn, "InsufficientCidrBlocks")
                || churn.book().given().stream().noneMatch(churn.witness()::wasSingle));
        churn.vpc().faults().set(FOUL);
    }

    /// More pods than the node can have addresses, for EC2 has none left, and says so: nobody waits
    /// there for long. The daemon is killed while all the others have theirs.
    private static void crowd(CloudChurn churn, List<CloudChurnTenant> tenants) throws Exception {
        do {
            makePlace(churn);
            // What the node gave back.
            tenants.forEach(CloudChurnTenant::takeAll);
            int before = churn.book().refused().size();
            churn.vpc().faults().set(LATE);
            churn.crowd(churn.witness().most() + BEYOND, churn::killDaemon);
            churn.vpc().faults().set(FOUL);
            assertThat(churn.book().refused().size() - before).isGreaterThanOrEqualTo(BEYOND);
        } while (!hasRefused(churn, "InsufficientFreeAddressesInSubnet"));
    }

    /// EC2 is not asked for what an interface has no place for, nor soon after it refused. A new
    /// daemon remembers neither that nor any growth, and gives back at once what no pod needs.
    private static void makePlace(CloudChurn churn) {
        churn.killDaemon();
        churn.witness().await("a place is free", churn.witness()::hasPlace);
    }

    private static boolean hasRefused(CloudChurn churn, String code) {
        return churn.vpc().faults().refused().containsKey(code);
    }

    private static double callsPerPod(CloudChurn churn, int pods) {
        return churn.vpc().faults().calls().values().stream().mapToDouble(Long::doubleValue).sum()
                / pods;
    }

    private static void report(CloudChurn churn, String what, int pods) {
        System.out.printf(
                Locale.ROOT,
                """
                %s: %d pods, %d kills, %d times refused, %.3f EC2 calls a pod: %s
                EC2 refused %s, throttled %s
                """,
                what,
                pods,
                churn.book().outages(),
                churn.book().refused().size(),
                callsPerPod(churn, pods),
                churn.vpc().faults().calls(),
                churn.vpc().faults().refused(),
                churn.vpc().faults().throttled());
    }

    /// What else has to happen is awaited by the stage that it is to happen in.
    private static void assertJust(CloudChurn churn) {
        assertThat(churn.witness().unjust(churn.book())).isEmpty();
        assertThat(churn.book().outages()).isPositive();
    }

    /// With no pod left the pool shrinks to its targets. What makes it wait between two steps is in
    /// memory only, so the daemon is killed amid each of them.
    private static void drain(CloudChurn churn, Predicate<List<Cidr>> targets) {
        churn.vpc().faults().clear();
        churn.vpc().faults().next("UnassignPrivateIpAddresses", 1, new Fault.Lose());
        churn.vpc().faults().next("DeleteNetworkInterface", 1, new Fault.Lose());
        while (!isDrained(churn, targets)) {
            List<NetworkInterface> before = churn.witness().interfaces();
            churn.killDaemon();
            churn.witness()
                    .await(
                            "nothing else is returned",
                            () ->
                                    isDrained(churn, targets)
                                            || !churn.witness().interfaces().equals(before));
        }
        Await.until(
                "the daemon knows what EC2 has",
                () -> column(churn, "ADDRESS").equals(text(churn.witness().addresses())));
        assertThat(column(churn, "STATE")).doesNotContain("assigned");
        assertThat(churn.node().witness().run("ip", "rule").lines())
                .noneMatch(rule -> rule.startsWith("512:") || rule.startsWith("1536:"));
        assertThat(churn.node().witness().run("ip", "-o", "link").lines())
                .noneMatch(link -> link.contains(" eni"));
    }

    private static boolean isDrained(CloudChurn churn, Predicate<List<Cidr>> targets) {
        return churn.witness().leaked().isEmpty()
                && churn.witness().interfaces().stream()
                        .allMatch(eni -> !eni.blocks().isEmpty() || isPrimary(eni))
                && targets.test(churn.witness().blocks());
    }

    private static Set<String> text(List<InetAddress> addresses) {
        return addresses.stream().map(Cidr::text).collect(Collectors.toSet());
    }

    private static boolean isPrimary(NetworkInterface eni) {
        return eni.attachment().orElseThrow().device() == 0;
    }

    /// Of every address that the daemon knows.
    private static Set<String> column(CloudChurn churn, String name) {
        Witness.Said said = churn.node().patchbay("show", "vpc", "--output", "json");
        assertThat(said.status()).as(said.output()).isZero();
        try {
            JsonNode tables = new ObjectMapper().readTree(said.output()).at("/types/0/tables");
            Set<String> values = new HashSet<>();
            tables.get(1).path("rows").forEach(row -> values.add(row.path(name).asText()));
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
