package io.patchbay.spi.cni;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The result of an ADD, in the words of CNI 1.1.0. It carries no version: the core converts at the
/// edge. Source: CNI SPEC.md, "Success: ADD".
public record CniResult(List<Interface> interfaces, List<Ip> ips, List<Route> routes, Dns dns) {
    public static final CniResult EMPTY = new CniResult(List.of(), List.of(), List.of(), Dns.EMPTY);

    public CniResult {
        interfaces = List.copyOf(interfaces);
        ips = List.copyOf(ips);
        routes = List.copyOf(routes);
    }

    /// A link that the attachment has.
    ///
    /// @param mtu 0 where not told
    /// @param sandbox the namespace's path for a link inside, empty for one on the host
    public record Interface(
            String name,
            Optional<MacAddress> mac,
            int mtu,
            String sandbox,
            Optional<String> socketPath,
            Optional<String> pciId) {

        public static Interface onHost(String name, MacAddress mac, int mtu) {
            return inSandbox(name, mac, mtu, "");
        }

        public static Interface inSandbox(String name, MacAddress mac, int mtu, String sandbox) {
            return new Interface(
                    name, Optional.of(mac), mtu, sandbox, Optional.empty(), Optional.empty());
        }
    }

    /// An address.
    ///
    /// @param link the position of its link in {@link CniResult#interfaces}
    public record Ip(Cidr address, Optional<InetAddress> gateway, OptionalInt link) {
        public Ip on(int position) {
            return new Ip(address, gateway, OptionalInt.of(position));
        }
    }

    /// A route; what is 0 or empty was not told.
    public record Route(
            Cidr destination,
            Optional<InetAddress> gateway,
            int mtu,
            int advmss,
            OptionalInt priority,
            OptionalInt table,
            OptionalInt scope) {

        public static Route of(Cidr destination, Optional<InetAddress> gateway) {
            return new Route(
                    destination,
                    gateway,
                    0,
                    0,
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty());
        }
    }

    public record Dns(
            List<String> nameservers,
            Optional<String> domain,
            List<String> search,
            List<String> options) {
        public static final Dns EMPTY = new Dns(List.of(), Optional.empty(), List.of(), List.of());

        public Dns {
            nameservers = List.copyOf(nameservers);
            search = List.copyOf(search);
            options = List.copyOf(options);
        }
    }

    /// This result with another one's links, addresses and routes behind its own; the other's
    /// addresses keep pointing at their links.
    public CniResult plus(CniResult other) {
        List<Interface> allLinks = new ArrayList<>(interfaces);
        allLinks.addAll(other.interfaces);
        List<Ip> allIps = new ArrayList<>(ips);
        for (Ip ip : other.ips) {
            allIps.add(
                    ip.link().isPresent() ? ip.on(ip.link().getAsInt() + interfaces.size()) : ip);
        }
        List<Route> allRoutes = new ArrayList<>(routes);
        allRoutes.addAll(other.routes);
        return new CniResult(
                allLinks, allIps, allRoutes, other.dns.equals(Dns.EMPTY) ? dns : other.dns);
    }
}
