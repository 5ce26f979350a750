package io.patchbay.vpc.ec2;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.vpc.eni.ConnectionTracking;
import io.patchbay.vpc.eni.InstanceLimits;
import io.patchbay.vpc.eni.NetworkInterface;
import io.patchbay.vpc.eni.NetworkInterface.Attachment;
import io.patchbay.vpc.eni.Subnet;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.ConnectionTrackingConfiguration;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.InstanceTypeHypervisor;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.NetworkInfo;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAttachment;
import software.amazon.awssdk.services.ec2.model.SubnetCidrBlockStateCode;
import software.amazon.awssdk.services.ec2.model.SubnetIpv6CidrBlockAssociation;
import software.amazon.awssdk.services.ec2.model.Tag;

/// Reads the SDK's models. What EC2 always tells and here did not is GARBLED: the SDK takes any XML
/// for an answer.
record Described(Failures failures) {

    NetworkInterface networkInterface(
            software.amazon.awssdk.services.ec2.model.@Nullable NetworkInterface given) {
        var eni = required("networkInterface", given);
        return new NetworkInterface(
                required("networkInterfaceId", eni.networkInterfaceId()),
                parsed("macAddress", eni.macAddress(), MacAddress::parse),
                Optional.ofNullable(eni.interfaceTypeAsString()).orElse("interface"),
                required("status", eni.statusAsString()),
                required("subnetId", eni.subnetId()),
                Optional.ofNullable(eni.description()).orElse(""),
                eni.groups().stream().map(GroupIdentifier::groupId).toList(),
                primary(eni),
                primary6(eni),
                blocks(eni),
                tags(eni.tagSet()),
                tracking(eni.connectionTrackingConfiguration()),
                Optional.ofNullable(eni.attachment()).map(this::attachment));
    }

    private static Optional<ConnectionTracking> tracking(
            @Nullable ConnectionTrackingConfiguration given) {
        return Optional.ofNullable(given)
                .map(times ->
                        new ConnectionTracking(
                                Optional.ofNullable(times.tcpEstablishedTimeout()),
                                Optional.ofNullable(times.udpStreamTimeout()),
                                Optional.ofNullable(times.udpTimeout())));
    }

    private Optional<InetAddress> primary(
            software.amazon.awssdk.services.ec2.model.NetworkInterface eni) {
        return Optional.ofNullable(eni.privateIpAddress())
                .map(text -> parsed("privateIpAddress", text, Cidr::address));
    }

    /// The one that is marked as primary where there is one (EC2 user guide, "Primary IPv6
    /// address"), else the first: EC2 itself sets none apart.
    private Optional<InetAddress> primary6(
            software.amazon.awssdk.services.ec2.model.NetworkInterface eni) {
        return eni.ipv6Addresses().stream()
                .filter(address -> Boolean.TRUE.equals(address.isPrimaryIpv6()))
                .findFirst()
                .or(() -> eni.ipv6Addresses().stream().findFirst())
                .map(address -> parsed("ipv6Address", address.ipv6Address(), Cidr::address));
    }

    private List<Cidr> blocks(software.amazon.awssdk.services.ec2.model.NetworkInterface eni) {
        List<Cidr> blocks = new ArrayList<>();
        eni.privateIpAddresses().stream()
                .filter(address -> !Boolean.TRUE.equals(address.primary()))
                .forEach(address ->
                        blocks.add(single("privateIpAddress", address.privateIpAddress())));
        eni.ipv4Prefixes().forEach(prefix -> blocks.add(prefix("ipv4Prefix", prefix.ipv4Prefix())));
        Optional<Cidr> own = primary6(eni).map(Cidr::host);
        eni.ipv6Addresses().stream()
                .map(address -> single("ipv6Address", address.ipv6Address()))
                .filter(address -> !own.equals(Optional.of(address)))
                .forEach(blocks::add);
        eni.ipv6Prefixes().forEach(prefix -> blocks.add(prefix("ipv6Prefix", prefix.ipv6Prefix())));
        return blocks;
    }

    /// @param key of the answer, for messages
    Cidr single(String key, @Nullable String address) {
        return Cidr.host(parsed(key, address, Cidr::address));
    }

    Cidr prefix(String key, @Nullable String prefix) {
        return parsed(key, prefix, Cidr::parse);
    }

    private Attachment attachment(NetworkInterfaceAttachment given) {
        return new Attachment(
                required("attachmentId", given.attachmentId()),
                // Absent where a service holds it.
                Optional.ofNullable(given.instanceId()).orElse(""),
                Optional.ofNullable(given.networkCardIndex()).orElse(0),
                required("deviceIndex", given.deviceIndex()),
                Boolean.TRUE.equals(given.deleteOnTermination()),
                required("attachTime", given.attachTime()));
    }

    Subnet subnet(software.amazon.awssdk.services.ec2.model.Subnet given) {
        return new Subnet(
                required("subnetId", given.subnetId()),
                parsed("cidrBlock", given.cidrBlock(), Cidr::parse),
                given.ipv6CidrBlockAssociationSet().stream()
                        .filter(Described::isAssociated)
                        .findFirst()
                        .map(block -> parsed("ipv6CidrBlock", block.ipv6CidrBlock(), Cidr::parse)),
                required("availableIpAddressCount", given.availableIpAddressCount()),
                tags(given.tags()));
    }

    /// One that was taken off is still told for a while.
    private static boolean isAssociated(SubnetIpv6CidrBlockAssociation block) {
        return block.ipv6CidrBlockState() != null
                && block.ipv6CidrBlockState().state() == SubnetCidrBlockStateCode.ASSOCIATED;
    }

    InstanceLimits limits(InstanceTypeInfo given) {
        NetworkInfo network = required("networkInfo", given.networkInfo());
        List<Integer> cards =
                network.networkCards().stream()
                        .sorted((a, b) -> Integer.compare(index(a), index(b)))
                        .map(card ->
                                required(
                                        "maximumNetworkInterfaces",
                                        card.maximumNetworkInterfaces()))
                        .toList();
        return new InstanceLimits(
                cards.isEmpty()
                        ? List.of(
                                required(
                                        "maximumNetworkInterfaces",
                                        network.maximumNetworkInterfaces()))
                        : cards,
                required("ipv4AddressesPerInterface", network.ipv4AddressesPerInterface()),
                given.hypervisor() == InstanceTypeHypervisor.NITRO
                        || Boolean.TRUE.equals(given.bareMetal()));
    }

    private int index(software.amazon.awssdk.services.ec2.model.NetworkCardInfo card) {
        return required("networkCardIndex", card.networkCardIndex());
    }

    private static Map<String, String> tags(List<Tag> tags) {
        return tags.stream()
                .collect(
                        Collectors.toMap(
                                Tag::key,
                                tag -> Optional.ofNullable(tag.value()).orElse(""),
                                (first, _) -> first));
    }

    <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw failures.garbled("it has no " + name);
        }
        return value;
    }

    private <T> T parsed(String name, @Nullable String text, Function<String, T> parser) {
        String given = required(name, text);
        try {
            return parser.apply(given);
        } catch (IllegalArgumentException e) {
            throw failures.garbled("%s is \"%s\"".formatted(name, Refusals.words(given)));
        }
    }
}
