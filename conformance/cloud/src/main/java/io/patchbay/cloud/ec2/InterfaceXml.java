package io.patchbay.cloud.ec2;

import static io.patchbay.cloud.ec2.Rendered.OWNER;
import static io.patchbay.cloud.ec2.Xml.set;
import static io.patchbay.cloud.ec2.Xml.text;

import io.patchbay.cloud.vpc.ConnectionTracking;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.NetworkInterface.Attachment;
import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An interface as EC2 describes it, by itself or within its instance.
record InterfaceXml(Vpc vpc, String region) {
    List<Xml> alone(NetworkInterface eni) {
        List<Xml> out = new ArrayList<>(common(eni));
        out.add(text("availabilityZone", vpc.getSubnet(eni.subnet()).zone()));
        out.add(text("requesterManaged", false));
        eni.attachment().ifPresent(at -> out.add(Xml.of("attachment", attachment(at, true))));
        out.add(Rendered.tags(eni.tags()));
        return out;
    }

    List<Xml> ofInstance(NetworkInterface eni) {
        List<Xml> out = new ArrayList<>(common(eni));
        eni.attachment().ifPresent(at -> out.add(Xml.of("attachment", attachment(at, false))));
        return out;
    }

    private List<Xml> common(NetworkInterface eni) {
        List<Xml> out =
                new ArrayList<>(
                        List.of(
                                text("networkInterfaceId", eni.id()),
                                text("subnetId", eni.subnet()),
                                text("vpcId", vpc.id()),
                                text("description", eni.description()),
                                text("ownerId", OWNER),
                                text("status", status(eni)),
                                text("macAddress", eni.mac()),
                                text("privateIpAddress", Cidr.text(eni.primary())),
                                text("privateDnsName", dns(eni.primary())),
                                text("sourceDestCheck", eni.sourceDestCheck()),
                                text("interfaceType", type(eni.kind())),
                                Rendered.groups(vpc, eni.groups())));
        out.addAll(blocks(eni));
        out.addAll(tracking(eni.tracking()));
        return out;
    }

    private List<Xml> blocks(NetworkInterface eni) {
        return List.of(
                set(
                        "privateIpAddressesSet",
                        Stream.concat(
                                Stream.of(address(eni.primary(), true)),
                                of(eni, true, true).map(block -> address(block.address(), false)))),
                set("ipv4PrefixSet", of(eni, true, false).map(b -> List.of(text("ipv4Prefix", b)))),
                set(
                        "ipv6AddressesSet",
                        of(eni, false, true)
                                .map(block ->
                                        List.of(text("ipv6Address", Cidr.text(block.address()))))),
                set(
                        "ipv6PrefixSet",
                        of(eni, false, false).map(b -> List.of(text("ipv6Prefix", b)))));
    }

    private static Stream<Cidr> of(NetworkInterface eni, boolean ipv4, boolean single) {
        return eni.blocks().stream()
                .filter(block ->
                        Rendered.isIpv4(block) == ipv4 && Rendered.isSingle(block) == single);
    }

    private List<Xml> address(InetAddress address, boolean primary) {
        return List.of(
                text("privateIpAddress", Cidr.text(address)),
                text("privateDnsName", dns(address)),
                text("primary", primary));
    }

    private String dns(InetAddress address) {
        return Rendered.privateDnsName(address, region);
    }

    private static List<Xml> attachment(Attachment at, boolean alone) {
        List<Xml> out =
                new ArrayList<>(
                        List.of(
                                text("attachmentId", at.id()),
                                text("deviceIndex", at.device()),
                                text("networkCardIndex", at.card()),
                                text("status", "attached"),
                                text("attachTime", at.since()),
                                text("deleteOnTermination", at.deleteOnTermination())));
        if (alone) {
            out.add(text("instanceId", at.instance()));
            out.add(text("instanceOwnerId", OWNER));
        }
        return out;
    }

    private static List<Xml> tracking(ConnectionTracking times) {
        if (times.equals(ConnectionTracking.OF_EC2)) {
            return List.of();
        }
        List<Xml> out = new ArrayList<>();
        out.addAll(Xml.optional("tcpEstablishedTimeout", times.tcpEstablished()));
        out.addAll(Xml.optional("udpStreamTimeout", times.udpStream()));
        out.addAll(Xml.optional("udpTimeout", times.udp()));
        return List.of(Xml.of("connectionTrackingConfiguration", out));
    }

    static String status(NetworkInterface eni) {
        if (eni.attachment().isPresent()) {
            return "in-use";
        }
        return eni.association().isPresent() ? "associated" : "available";
    }

    static String type(Kind kind) {
        return switch (kind) {
            case INTERFACE -> "interface";
            case TRUNK -> "trunk";
            case BRANCH -> "branch";
            case EFA -> "efa";
            case EFA_ONLY -> "efa-only";
        };
    }

    static Optional<Kind> kind(String type) {
        return Stream.of(Kind.values()).filter(kind -> type(kind).equals(type)).findFirst();
    }
}
