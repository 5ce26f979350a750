package io.patchbay.meta.selftest;

import static io.patchbay.meta.selftest.Finding.failed;
import static io.patchbay.meta.selftest.Finding.issue;
import static io.patchbay.meta.selftest.Finding.passed;

import io.patchbay.meta.selftest.Seen.PodLink;
import io.patchbay.meta.selftest.Seen.Reply;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Holds what the kernel shows in a pod against what ADD told.
final class SeenJudgement {
    /// RFC 8200, section 5.
    private static final int LEAST_IPV6_MTU = 1280;

    private final TestedNetwork network;
    private final Seen seen;
    private final List<Finding> findings = new ArrayList<>();

    private SeenJudgement(TestedNetwork network, Seen seen) {
        this.network = network;
        this.seen = seen;
    }

    static List<Finding> of(TestedNetwork network, Seen seen) {
        SeenJudgement judgement = new SeenJudgement(network, seen);
        judgement.links();
        judgement.addresses();
        judgement.defaultRoutes();
        seen.gateways().forEach(judgement::gateway);
        return judgement.findings;
    }

    private void links() {
        List<CniResult.Interface> told =
                seen.result().interfaces().stream()
                        .filter(one -> !one.sandbox().isEmpty() && one.socketPath().isEmpty())
                        .toList();
        if (told.isEmpty()) {
            findings.add(
                    issue(
                            "ADD",
                            "the result names no interface of the pod: nothing can be looked at"));
        }
        for (CniResult.Interface one : told) {
            Optional<PodLink> link = find(one.name());
            findings.add(
                    link.map(found -> link(one, found))
                            .orElseGet(() ->
                                    failed(
                                            "ADD",
                                            "the result names interface %s, and the pod has %s"
                                                    .formatted(one.name(), names()))));
        }
    }

    private Optional<PodLink> find(String name) {
        return seen.links().stream().filter(one -> one.link().name().equals(name)).findFirst();
    }

    private String names() {
        return seen.links().isEmpty()
                ? "none"
                : seen.links().stream()
                        .map(one -> one.link().name())
                        .collect(Collectors.joining(", "));
    }

    private static Finding link(CniResult.Interface told, PodLink found) {
        String name = told.name();
        int mtu = found.link().mtu();
        if (told.mtu() != 0 && told.mtu() != mtu) {
            return failed(
                    "mtu",
                    "%s has MTU %d, and the result tells %d".formatted(name, mtu, told.mtu()));
        }
        if (told.mac().isPresent() && !told.mac().equals(found.link().mac())) {
            return failed(
                    "ADD",
                    "%s has MAC %s, and the result tells %s"
                            .formatted(
                                    name,
                                    found.link().mac().map(Object::toString).orElse("none"),
                                    told.mac().get()));
        }
        if (!found.link().up()) {
            return failed("ADD", name + " is down: nothing passes it");
        }
        if (mtu < LEAST_IPV6_MTU && found.addresses().stream().anyMatch(Cidr::isIpv6)) {
            return issue(
                    "mtu",
                    "%s has MTU %d, and IPv6 needs %d: raise it in the network's configuration or on the link below"
                            .formatted(name, mtu, LEAST_IPV6_MTU));
        }
        return passed("ADD", "%s is up, MTU %d".formatted(name, mtu));
    }

    private void addresses() {
        if (seen.result().ips().isEmpty()) {
            findings.add(
                    network.ip().isPresent() || !bringsAddresses()
                            ? passed("address", "none")
                            : issue(
                                    "address",
                                    "none, for the network's pods bring their own: name a free one by --ip %s=ADDRESS/PREFIX"
                                            .formatted(network.title())));
        }
        for (CniResult.Ip ip : seen.result().ips()) {
            boolean there =
                    seen.links().stream().anyMatch(one -> one.addresses().contains(ip.address()));
            findings.add(
                    there
                            ? passed("address", ip.address().toString())
                            : failed(
                                    "address",
                                    "the result tells %s, and no link of the pod has it"
                                            .formatted(ip.address())));
        }
    }

    private boolean bringsAddresses() {
        return network.config().stream()
                .flatMap(config -> config.plugins().stream())
                .anyMatch(plugin -> plugin.capabilities().contains("ips"));
    }

    private void defaultRoutes() {
        List<Cidr> kept =
                seen.routes().stream()
                        .map(route -> route.destination())
                        .filter(SeenJudgement::isDefault)
                        .distinct()
                        .toList();
        List<Cidr> told =
                seen.result().routes().stream()
                        .filter(route -> route.table().isEmpty())
                        .map(CniResult.Route::destination)
                        .filter(SeenJudgement::isDefault)
                        .distinct()
                        .toList();
        for (Cidr missing : told.stream().filter(one -> !kept.contains(one)).toList()) {
            findings.add(
                    failed(
                            "route",
                            "the result tells a default route %s, and the pod has none"
                                    .formatted(missing)));
        }
        if (!kept.isEmpty()) {
            findings.add(
                    passed(
                            "route",
                            kept.stream().map(Cidr::toString).collect(Collectors.joining(", "))));
        } else if (network.selection().isEmpty() && told.isEmpty()) {
            findings.add(
                    issue(
                            "route",
                            "pods get no default route, so they reach the network's own subnet only: add a route or a gateway to the default network"));
        }
    }

    private static boolean isDefault(Cidr destination) {
        return destination.prefix() == 0;
    }

    private void gateway(InetAddress gateway, Reply reply) {
        String address = Cidr.text(gateway);
        findings.add(
                reply != Reply.NONE
                        ? passed("gateway", "%s %s".formatted(address, reply.words()))
                        : issue(
                                "gateway",
                                "%s answers neither as a neighbour nor to a ping: pods of %s reach nothing behind it; see that it is up, and that the network lets the pods' addresses pass"
                                        .formatted(address, network.title())));
    }
}
