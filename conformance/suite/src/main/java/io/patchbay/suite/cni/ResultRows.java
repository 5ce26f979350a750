package io.patchbay.suite.cni;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.suite.plugin.SpecVersion;
import io.patchbay.suite.row.Checks;
import io.patchbay.suite.row.Inapplicable;
import io.patchbay.suite.row.Unmet;
import java.util.List;

/// What ADD prints, against the specification and against the kernel.
final class ResultRows {
    private static final List<String> NEWER = List.of("mtu", "socketPath", "pciID");

    private ResultRows() {}

    static void declare(Checks<Trial> checks) {
        checks.check(
                        "C93",
                        ResultRows::inEveryVersionThatIsSpoken,
                        "Serve every version that VERSION tells, and print the result in the"
                                + " configuration's.")
                .check(
                        "C94",
                        ResultRows::interfacesAreThoseInTheKernel,
                        "Read MAC and MTU back from the kernel after the last change.")
                .check(
                        "C95",
                        ResultRows::addressesAreThoseInTheKernel,
                        "Print each address with its prefix, its gateway and the index of its"
                                + " interface.")
                .check(
                        "C96",
                        ResultRows::routesAreWellFormed,
                        "Print each route with a dst that is a subnet, and numbers that are"
                                + " numbers.")
                .check(
                        "C97",
                        ResultRows::dnsIsWellFormed,
                        "Print lists of strings, and leave out what is not known.")
                .check(
                        "C98",
                        ResultRows::anIpamPluginHasNoInterface,
                        "Leave interfaces and ips[].interface to the plugin that calls you.")
                .check(
                        "C99",
                        ResultRows::olderVersionsLackNewerKeys,
                        "Print ips[].version up to 0.4.0, and mtu, socketPath and pciID from 1.1.0"
                                + " only.");
    }

    private static void inEveryVersionThatIsSpoken(Trial trial) {
        Inapplicable.unless(!trial.subject().spoken().isEmpty(), "VERSION told no known version");
        for (SpecVersion version : SpecVersion.ALL) {
            boolean chainless =
                    trial.kind() == Kind.CHAINED && version.isBefore(SpecVersion.V0_3_0);
            if (!trial.speaks(version) || chainless) {
                continue;
            }
            trial.config().put("cniVersion", version.toString());
            Pod pod = trial.pod();
            ObjectNode result = trial.add(pod);
            Unmet.unless(
                    result.path("cniVersion").asText().equals(version.toString()),
                    "ADD with cniVersion %s gave a result of cniVersion %s"
                            .formatted(version, result.path("cniVersion")));
            trial.call(trial.delCall(pod, result)).succeeds();
        }
    }

    private static ObjectNode resultWithInterfaces(Trial trial, Pod pod) {
        trial.only(Kind.INTERFACE, Kind.CHAINED);
        Inapplicable.unless(
                !trial.version().isBefore(SpecVersion.V0_3_0),
                "results have no interfaces before version 0.3.0");
        return trial.add(pod);
    }

    private static void interfacesAreThoseInTheKernel(Trial trial) {
        Pod pod = trial.pod();
        ObjectNode result = resultWithInterfaces(trial, pod);
        JsonNode own =
                Results.own(result, pod)
                        .orElseThrow(
                                () -> new Unmet("the result has no interface of the pod's own"));
        JsonNode kernel = pod.link();
        if (own.has("mac")) {
            Unmet.unless(
                    own.path("mac").asText().equalsIgnoreCase(kernel.path("address").asText()),
                    "the result has the MAC %s, and the kernel %s"
                            .formatted(own.path("mac"), kernel.path("address")));
        }
        if (own.has("mtu")) {
            Unmet.unless(
                    own.path("mtu").isInt()
                            && own.path("mtu").asInt() == kernel.path("mtu").asInt(),
                    "the result has the MTU %s, and the kernel %s"
                            .formatted(own.path("mtu"), kernel.path("mtu")));
        }
        for (JsonNode link : result.path("interfaces")) {
            if (link.path("sandbox").asText().isEmpty()) {
                trial.node().witness().run("ip", "link", "show", link.path("name").asText());
            }
        }
    }

    private static void addressesAreThoseInTheKernel(Trial trial) {
        Pod pod = trial.pod();
        ObjectNode result = resultWithInterfaces(trial, pod);
        int interfaces = result.path("interfaces").size();
        for (JsonNode ip : result.path("ips")) {
            String address = ip.path("address").asText();
            Unmet.unless(Results.isCidr(address), "ips has the address \"%s\"".formatted(address));
            if (ip.has("gateway")) {
                Unmet.unless(
                        Results.isAddress(ip.path("gateway").asText()),
                        "ips has the gateway %s".formatted(ip.path("gateway")));
            }
            JsonNode index = ip.path("interface");
            Unmet.unless(
                    index.isMissingNode()
                            || (index.isInt() && index.asInt() >= 0 && index.asInt() < interfaces),
                    "ips has the interface %s of %d".formatted(index, interfaces));
            Unmet.unless(
                    pod.addresses().contains(address),
                    "the result has the address %s, and the interface has %s"
                            .formatted(address, pod.addresses()));
        }
    }

    private static void routesAreWellFormed(Trial trial) {
        JsonNode routes = trial.add(trial.pod()).path("routes");
        Unmet.unless(
                routes.isMissingNode() || routes.isArray(),
                "routes is no list, but %s".formatted(routes));
        for (JsonNode route : routes) {
            Unmet.unless(
                    Results.isCidr(route.path("dst").asText()),
                    "a route has no dst: %s".formatted(route));
            Unmet.unless(
                    !route.has("gw") || Results.isAddress(route.path("gw").asText()),
                    "a route has a gw that is no address: %s".formatted(route));
            for (String number : List.of("mtu", "advmss", "priority", "table", "scope")) {
                Unmet.unless(
                        !route.has(number) || route.path(number).isInt(),
                        "a route has a %s that is no number: %s".formatted(number, route));
            }
        }
    }

    private static void dnsIsWellFormed(Trial trial) {
        JsonNode dns = trial.add(trial.pod()).path("dns");
        Unmet.unless(
                dns.isMissingNode() || dns.isObject(), "dns is no object, but %s".formatted(dns));
        for (String list : List.of("nameservers", "search", "options")) {
            for (JsonNode entry : dns.path(list)) {
                Unmet.unless(entry.isTextual(), "dns has %s in its %s".formatted(entry, list));
            }
            Unmet.unless(
                    !dns.has(list) || dns.path(list).isArray(),
                    "dns has no list %s: %s".formatted(list, dns));
        }
        Unmet.unless(
                !dns.has("domain") || dns.path("domain").isTextual(),
                "dns has the domain %s".formatted(dns.path("domain")));
    }

    private static void anIpamPluginHasNoInterface(Trial trial) {
        trial.only(Kind.IPAM);
        ObjectNode result = trial.add(trial.pod());
        Unmet.unless(
                result.path("interfaces").isEmpty(),
                "the result has interfaces: %s".formatted(result.path("interfaces")));
        for (JsonNode ip : result.path("ips")) {
            Unmet.unless(
                    !ip.has("interface"),
                    "the result has an address with an interface: %s".formatted(ip));
        }
    }

    private static void olderVersionsLackNewerKeys(Trial trial) {
        List<SpecVersion> older =
                SpecVersion.ALL.stream()
                        .filter(trial::speaks)
                        .filter(version -> version.isBefore(SpecVersion.V1_0_0))
                        .filter(version -> !version.isBefore(SpecVersion.V0_3_0))
                        .toList();
        Inapplicable.unless(!older.isEmpty(), "the plugin speaks no version from 0.3.0 to 0.4.0");
        for (SpecVersion version : older) {
            trial.config().put("cniVersion", version.toString());
            ObjectNode result = trial.add(trial.pod());
            for (JsonNode link : result.path("interfaces")) {
                Unmet.unless(
                        NEWER.stream().noneMatch(link::has),
                        "a result of version %s has an interface with newer keys: %s"
                                .formatted(version, link));
            }
            for (JsonNode ip : result.path("ips")) {
                String family = ip.path("address").asText().contains(":") ? "6" : "4";
                Unmet.unless(
                        ip.path("version").asText().equals(family),
                        "a result of version %s has an address without its version: %s"
                                .formatted(version, ip));
            }
        }
    }
}
