package io.patchbay.vpc.pool;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.InstanceLimits;
import io.patchbay.vpc.eni.Subnet;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A situation as tests write it: a small instance, with room in one subnet, where nothing has
/// happened for long.
final class Scene {
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final List<Eni> enis = new ArrayList<>();
    private final List<Holding> holdings = new ArrayList<>();
    private final List<Action> inFlight = new ArrayList<>();
    private final Set<String> closed = new HashSet<>();
    private final Set<Cidr> returning = new HashSet<>();
    private List<Subnet> subnets = List.of(subnet("subnet-a", 200));
    private InstanceLimits limits = new InstanceLimits(List.of(3), 5, true);
    private Roles roles = Roles.NONE;
    private Setbacks setbacks = Setbacks.NONE;
    private History history = History.NONE;
    private int waiting;
    private Demand demand = Demand.NODE;

    static Scene of(Eni... enis) {
        Scene scene = new Scene();
        scene.enis.addAll(List.of(enis));
        return scene;
    }

    static Subnet subnet(String id, int free) {
        return new Subnet(id, Cidr.parse("10.1.0.0/16"), Optional.empty(), free, Map.of());
    }

    /// What the decision is about.
    Scene about(Demand kind) {
        demand = kind;
        return this;
    }

    /// The first so many addresses of an interface are pods'.
    Scene pods(int device, int count) {
        eni(device).addresses().stream().limit(count).forEach(address -> hold(address, 0));
        return this;
    }

    Scene pod(InetAddress address) {
        hold(address, 0);
        return this;
    }

    Scene cooling(InetAddress address, int seconds) {
        hold(address, seconds);
        return this;
    }

    private Eni eni(int device) {
        return enis.stream().filter(eni -> eni.device() == device).findFirst().orElseThrow();
    }

    private void hold(InetAddress address, int seconds) {
        holdings.add(
                new Holding(
                        address,
                        new AttachmentId(Cidr.text(address), "pods", "eth0"),
                        "eni",
                        254,
                        1,
                        seconds == 0 ? Optional.empty() : Optional.of(NOW.plusSeconds(seconds))));
    }

    Scene waiting(int count) {
        waiting = count;
        return this;
    }

    Scene limits(int addresses, Integer... cards) {
        limits = new InstanceLimits(List.of(cards), addresses, true);
        return this;
    }

    Scene onXen() {
        limits = new InstanceLimits(limits.cards(), limits.addresses(), false);
        return this;
    }

    Scene roles(Roles these) {
        roles = these;
        return this;
    }

    Scene closed(String eni) {
        closed.add(eni);
        return this;
    }

    Scene returning(Cidr block) {
        returning.add(block);
        return this;
    }

    Scene subnets(Subnet... these) {
        subnets = List.of(these);
        return this;
    }

    Scene refused(Action action, String subnet, Reason reason, int secondsAgo) {
        setbacks = setbacks.after(action, subnet, reason, NOW.minusSeconds(secondsAgo));
        return this;
    }

    Scene inFlight(Action action) {
        inFlight.add(action);
        return this;
    }

    Scene created(String eni, int secondsAgo) {
        history =
                new History(
                        Map.of(eni, NOW.minusSeconds(secondsAgo)),
                        history.grown(),
                        history.shrunk());
        return this;
    }

    Scene grown(int secondsAgo) {
        history = history.grown(NOW.minus(Duration.ofSeconds(secondsAgo)));
        return this;
    }

    Scene shrunk(int secondsAgo) {
        history = history.shrunk(NOW.minus(Duration.ofSeconds(secondsAgo)));
        return this;
    }

    Situation situation() {
        Pool held = Pool.of(holdings);
        return new Situation(
                demand,
                new Pool(enis, held.holdings(), Set.of(), closed, returning).facing(demand),
                waiting,
                limits,
                roles,
                subnets,
                setbacks,
                inFlight,
                history,
                NOW);
    }
}
