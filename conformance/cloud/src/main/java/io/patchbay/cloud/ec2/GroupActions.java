package io.patchbay.cloud.ec2;

import static io.patchbay.cloud.ec2.Rendered.OWNER;
import static io.patchbay.cloud.ec2.Xml.set;
import static io.patchbay.cloud.ec2.Xml.text;

import io.patchbay.cloud.vpc.Permission;
import io.patchbay.cloud.vpc.SecurityGroup;
import io.patchbay.cloud.vpc.Vpc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// Security groups.
final class GroupActions {
    static final Map<String, Action> ALL = Map.of("DescribeSecurityGroups", GroupActions::describe);

    private static final Map<String, Function<SecurityGroup, Stream<String>>> FIELDS =
            Map.of(
                    "group-id", group -> Stream.of(group.id()),
                    "group-name", group -> Stream.of(group.name()));

    private GroupActions() {}

    private static List<Xml> describe(Call call) {
        Vpc vpc = call.seen();
        List<String> ids = call.parameters().list("GroupId");
        ids.forEach(vpc::getGroup);
        Filters filters = Filters.of(call.parameters());
        Map<String, Function<SecurityGroup, Stream<String>>> fields =
                Described.with(FIELDS, vpc, _ -> "");
        return Pages.of(
                call.parameters(),
                "securityGroupInfo",
                vpc.groups().values().stream()
                        .filter(group -> ids.isEmpty() || ids.contains(group.id()))
                        .filter(group -> filters.match(group, Map.of(), fields))
                        .toList(),
                SecurityGroup::id,
                group -> group(vpc, group));
    }

    private static List<Xml> group(Vpc vpc, SecurityGroup group) {
        return List.of(
                text("groupId", group.id()),
                text("groupName", group.name()),
                text("groupDescription", group.name()),
                text("ownerId", OWNER),
                text("vpcId", vpc.id()),
                permissions("ipPermissions", group.ingress()),
                permissions("ipPermissionsEgress", group.egress()));
    }

    private static Xml permissions(String name, List<Permission> permissions) {
        return set(name, permissions.stream().map(GroupActions::permission));
    }

    private static List<Xml> permission(Permission permission) {
        List<Xml> out = new ArrayList<>(List.of(text("ipProtocol", permission.protocol())));
        if (!permission.protocol().equals("-1")) {
            out.add(text("fromPort", permission.from()));
            out.add(text("toPort", permission.to()));
        }
        out.add(
                set(
                        "groups",
                        permission.groups().stream().map(id -> List.of(text("groupId", id)))));
        out.add(
                set(
                        "ipRanges",
                        permission.cidrs().stream()
                                .filter(Rendered::isIpv4)
                                .map(cidr -> List.of(text("cidrIp", cidr)))));
        out.add(
                set(
                        "ipv6Ranges",
                        permission.cidrs().stream()
                                .filter(cidr -> !Rendered.isIpv4(cidr))
                                .map(cidr -> List.of(text("cidrIpv6", cidr)))));
        return out;
    }
}
