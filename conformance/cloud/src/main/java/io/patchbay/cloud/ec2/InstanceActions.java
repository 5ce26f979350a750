package io.patchbay.cloud.ec2;

import static io.patchbay.cloud.ec2.Rendered.OWNER;
import static io.patchbay.cloud.ec2.Xml.set;
import static io.patchbay.cloud.ec2.Xml.text;

import io.patchbay.cloud.vpc.Instance;
import io.patchbay.cloud.vpc.InstanceType;
import io.patchbay.cloud.vpc.InstanceTypes;
import io.patchbay.cloud.vpc.Instances;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.spi.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Instances and their types.
final class InstanceActions {
    static final Map<String, Action> ALL =
            Map.of(
                    "DescribeInstanceTypes", InstanceActions::types,
                    "DescribeInstances", InstanceActions::describe,
                    "TerminateInstances", InstanceActions::terminate);

    private static final Map<String, Function<Instance, Stream<String>>> FIELDS =
            Map.of(
                    "instance-id", instance -> Stream.of(instance.id()),
                    "instance-type", instance -> Stream.of(instance.type()),
                    "private-dns-name", instance -> Stream.of(instance.name()),
                    "instance-state-name", _ -> Stream.of("running"));

    private static final Map<String, Function<InstanceType, Stream<String>>> FIELDS_OF_TYPE =
            Map.of(
                    "instance-type", type -> Stream.of(type.name()),
                    "bare-metal", type -> Stream.of(Boolean.toString(type.bareMetal())),
                    "hypervisor", type -> Stream.of(type.hypervisor()));

    private InstanceActions() {}

    private static List<Xml> types(Call call) {
        Parameters parameters = call.parameters();
        List<String> names = parameters.list("InstanceType");
        List<InstanceType> wanted =
                names.isEmpty()
                        ? List.copyOf(InstanceTypes.all().values())
                        : names.stream().map(InstanceTypes::get).toList();
        Filters filters = Filters.of(parameters);
        return Pages.of(
                parameters,
                "instanceTypeSet",
                wanted.stream()
                        .filter(type -> filters.match(type, Map.of(), FIELDS_OF_TYPE))
                        .toList(),
                InstanceType::name,
                InstanceActions::type);
    }

    private static List<Xml> type(InstanceType type) {
        List<Xml> out =
                new ArrayList<>(
                        List.of(
                                text("instanceType", type.name()),
                                text("bareMetal", type.bareMetal()),
                                Xml.of(
                                        "networkInfo",
                                        text("maximumNetworkInterfaces", type.interfaces()),
                                        text("maximumNetworkCards", type.cards().size()),
                                        text("defaultNetworkCardIndex", 0),
                                        set("networkCards", cards(type)),
                                        text("ipv4AddressesPerInterface", type.addresses()),
                                        text("ipv6AddressesPerInterface", type.addresses()),
                                        text("ipv6Supported", true))));
        if (!type.hypervisor().isEmpty()) {
            out.add(text("hypervisor", type.hypervisor()));
        }
        return out;
    }

    private static Stream<List<Xml>> cards(InstanceType type) {
        return IntStream.range(0, type.cards().size())
                .mapToObj(index ->
                        List.of(
                                text("networkCardIndex", index),
                                text("maximumNetworkInterfaces", type.cards().get(index))));
    }

    private static List<Xml> describe(Call call) {
        Vpc vpc = call.seen();
        Parameters parameters = call.parameters();
        List<String> ids = parameters.list("InstanceId");
        ids.forEach(vpc::getInstance);
        Filters filters = Filters.of(parameters);
        Map<String, Function<Instance, Stream<String>>> fields =
                Described.with(FIELDS, vpc, Instance::zone);
        return Pages.of(
                parameters,
                "reservationSet",
                vpc.instances().values().stream()
                        .filter(instance -> ids.isEmpty() || ids.contains(instance.id()))
                        .filter(instance -> filters.match(instance, instance.tags(), fields))
                        .toList(),
                Instance::id,
                instance -> reservation(vpc, call.world().region(), instance));
    }

    private static List<Xml> reservation(Vpc vpc, String region, Instance instance) {
        return List.of(
                text("reservationId", instance.id().replaceFirst("i-", "r-")),
                text("ownerId", OWNER),
                set("instancesSet", Stream.of(instance(vpc, region, instance))));
    }

    private static List<Xml> instance(Vpc vpc, String region, Instance instance) {
        List<NetworkInterface> enis = vpc.attachedTo(instance.id());
        InterfaceXml xml = new InterfaceXml(vpc, region);
        List<Xml> out =
                new ArrayList<>(
                        List.of(
                                text("instanceId", instance.id()),
                                text("instanceType", instance.type()),
                                Xml.of("instanceState", text("code", 16), text("name", "running")),
                                text("privateDnsName", instance.name()),
                                Xml.of(
                                        "placement",
                                        text("availabilityZone", instance.zone()),
                                        text("tenancy", "default")),
                                text("vpcId", vpc.id()),
                                set("networkInterfaceSet", enis.stream().map(xml::ofInstance)),
                                Rendered.tags(instance.tags())));
        enis.stream()
                .findFirst()
                .ifPresent(primary -> {
                    out.add(text("subnetId", primary.subnet()));
                    out.add(text("privateIpAddress", Cidr.text(primary.primary())));
                    out.add(text("sourceDestCheck", primary.sourceDestCheck()));
                    out.add(Rendered.groups(vpc, primary.groups()));
                });
        return out;
    }

    private static List<Xml> terminate(Call call) {
        List<String> ids = call.parameters().list("InstanceId");
        call.change(vpc -> {
            Vpc now = vpc;
            for (String id : ids) {
                now = Instances.terminate(now, id);
            }
            return now;
        });
        return List.of(
                set(
                        "instancesSet",
                        ids.stream()
                                .map(id ->
                                        List.of(
                                                text("instanceId", id),
                                                state("currentState", 32, "shutting-down"),
                                                state("previousState", 16, "running")))));
    }

    private static Xml state(String element, int code, String name) {
        return Xml.of(element, text("code", code), text("name", name));
    }
}
