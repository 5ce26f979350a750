package io.patchbay.cloud.ec2;

import static io.patchbay.cloud.ec2.Xml.text;
import static java.util.Map.entry;

import io.patchbay.cloud.vpc.Attachments;
import io.patchbay.cloud.vpc.Attachments.Place;
import io.patchbay.cloud.vpc.Attribute;
import io.patchbay.cloud.vpc.ConnectionTracking;
import io.patchbay.cloud.vpc.Creation;
import io.patchbay.cloud.vpc.Ec2Refusal;
import io.patchbay.cloud.vpc.Interfaces;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.NetworkInterface.Attachment;
import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The life of an interface.
final class InterfaceActions {
    static final Map<String, Action> ALL =
            Map.of(
                    "DescribeNetworkInterfaces", InterfaceActions::describe,
                    "CreateNetworkInterface", InterfaceActions::create,
                    "DeleteNetworkInterface", InterfaceActions::delete,
                    "ModifyNetworkInterfaceAttribute", InterfaceActions::modify,
                    "AttachNetworkInterface", InterfaceActions::attach,
                    "DetachNetworkInterface", InterfaceActions::detach);

    private static final Map<String, Function<NetworkInterface, Stream<String>>> FIELDS =
            Map.ofEntries(
                    entry("network-interface-id", eni -> Stream.of(eni.id())),
                    entry("subnet-id", eni -> Stream.of(eni.subnet())),
                    entry("description", eni -> Stream.of(eni.description())),
                    entry("mac-address", eni -> Stream.of(eni.mac().toString())),
                    entry("group-id", eni -> eni.groups().stream()),
                    entry("status", eni -> Stream.of(InterfaceXml.status(eni))),
                    entry("interface-type", eni -> Stream.of(InterfaceXml.type(eni.kind()))),
                    entry("private-ip-address", eni -> Stream.of(Cidr.text(eni.primary()))),
                    entry("addresses.private-ip-address", InterfaceActions::addresses),
                    entry("attachment.instance-id", eni -> of(eni, Attachment::instance)),
                    entry("attachment.attachment-id", eni -> of(eni, Attachment::id)),
                    entry(
                            "attachment.device-index",
                            eni -> of(eni, at -> Integer.toString(at.device()))));

    private InterfaceActions() {}

    private static Stream<String> of(NetworkInterface eni, Function<Attachment, String> field) {
        return eni.attachment().map(field).stream();
    }

    private static Stream<String> addresses(NetworkInterface eni) {
        return eni.assigned()
                .filter(block -> Rendered.isIpv4(block) && Rendered.isSingle(block))
                .map(block -> Cidr.text(block.address()));
    }

    private static List<Xml> describe(Call call) {
        Vpc vpc = call.seen();
        Parameters parameters = call.parameters();
        List<String> ids = parameters.list("NetworkInterfaceId");
        ids.forEach(vpc::getInterface);
        Map<String, Function<NetworkInterface, Stream<String>>> fields =
                Described.with(FIELDS, vpc, eni -> vpc.getSubnet(eni.subnet()).zone());
        Filters filters = Filters.of(parameters);
        List<NetworkInterface> found =
                vpc.interfaces().values().stream()
                        .filter(eni -> ids.isEmpty() || ids.contains(eni.id()))
                        .filter(eni -> filters.match(eni, eni.tags(), fields))
                        .toList();
        InterfaceXml xml = new InterfaceXml(vpc, call.world().region());
        return Pages.of(parameters, "networkInterfaceSet", found, NetworkInterface::id, xml::alone);
    }

    private static List<Xml> create(Call call) {
        Parameters parameters = call.parameters();
        Creation wanted = creation(parameters);
        List<Xml> out = new ArrayList<>();
        NetworkInterface created =
                call.perform(vpc ->
                        call.tokens()
                                .once(
                                        parameters,
                                        vpc,
                                        now -> Interfaces.create(now, wanted, call.choice()),
                                        NetworkInterface::id,
                                        vpc::getInterface));
        Vpc vpc = call.world().ledger().now();
        out.add(
                Xml.of(
                        "networkInterface",
                        new InterfaceXml(vpc, call.world().region()).alone(created)));
        out.addAll(Xml.optional("clientToken", parameters.find("ClientToken")));
        return out;
    }

    private static Creation creation(Parameters parameters) {
        Kind kind =
                parameters
                        .find("InterfaceType")
                        .map(type ->
                                InterfaceXml.kind(type)
                                        .orElseThrow(() ->
                                                Ec2Refusal.parameter(
                                                        "Value (%s) for parameter InterfaceType is invalid."
                                                                .formatted(type))))
                        .orElse(Kind.INTERFACE);
        return new Creation(
                parameters.get("SubnetId"),
                kind,
                parameters.find("Description").orElse(""),
                primary(parameters),
                Orders.ofCreation(parameters),
                parameters.list("SecurityGroupId"),
                tracking(parameters),
                parameters.members("TagSpecification").stream()
                        .filter(tags -> tags.get("ResourceType").equals("network-interface"))
                        .findFirst()
                        .map(tags -> tags.tags("Tag"))
                        .orElse(Map.of()));
    }

    private static Optional<InetAddress> primary(Parameters parameters) {
        return parameters
                .find("PrivateIpAddress")
                .or(() ->
                        parameters.members("PrivateIpAddresses").stream()
                                .filter(member -> member.flag("Primary"))
                                .map(member -> member.get("PrivateIpAddress"))
                                .findFirst())
                .map(text -> Parameters.parse("PrivateIpAddress", text, Cidr::address));
    }

    private static ConnectionTracking tracking(Parameters parameters) {
        String name = "ConnectionTrackingSpecification.";
        return new ConnectionTracking(
                parameters.findNumber(name + "TcpEstablishedTimeout"),
                parameters.findNumber(name + "UdpStreamTimeout"),
                parameters.findNumber(name + "UdpTimeout"));
    }

    private static List<Xml> delete(Call call) {
        String eni = call.eni("NetworkInterfaceId");
        return call.change(vpc -> Interfaces.delete(vpc, eni));
    }

    private static List<Xml> modify(Call call) {
        String eni = call.eni("NetworkInterfaceId");
        List<Attribute> attributes = attributes(call.parameters());
        if (attributes.isEmpty()) {
            throw new Ec2Refusal("MissingParameter", "No attributes specified.");
        }
        if (attributes.size() > 1) {
            throw new Ec2Refusal(
                    "InvalidParameterCombination", "Fields for multiple attribute types specified");
        }
        return call.change(vpc -> Interfaces.modify(vpc, eni, attributes.getFirst()));
    }

    private static List<Attribute> attributes(Parameters parameters) {
        List<Attribute> found = new ArrayList<>();
        parameters.find("Description.Value").map(Attribute.Description::new).ifPresent(found::add);
        parameters
                .findFlag("SourceDestCheck.Value")
                .map(Attribute.SourceDestCheck::new)
                .ifPresent(found::add);
        List<String> groups = parameters.list("SecurityGroupId");
        if (!groups.isEmpty()) {
            found.add(new Attribute.Groups(groups));
        }
        parameters
                .findFlag("Attachment.DeleteOnTermination")
                .map(on ->
                        new Attribute.DeleteOnTermination(
                                parameters.get("Attachment.AttachmentId"), on))
                .ifPresent(found::add);
        ConnectionTracking times = tracking(parameters);
        if (!times.equals(ConnectionTracking.OF_EC2)) {
            found.add(new Attribute.Tracking(times));
        }
        return found;
    }

    private static List<Xml> attach(Call call) {
        Parameters parameters = call.parameters();
        String eni = call.eni("NetworkInterfaceId");
        Place place =
                new Place(
                        parameters.get("InstanceId"),
                        parameters.number("NetworkCardIndex", 0),
                        parameters.getNumber("DeviceIndex"));
        Attachment made =
                call.perform(vpc -> Attachments.attach(vpc, eni, place, call.choice(), call.now()));
        return List.of(text("attachmentId", made.id()), text("networkCardIndex", made.card()));
    }

    private static List<Xml> detach(Call call) {
        String attachment = call.parameters().get("AttachmentId");
        return call.change(vpc -> Attachments.detach(vpc, attachment));
    }
}
