package io.patchbay.meta.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import java.util.List;

/// Views as JSON for programs. A key whose value is not known is not there.
///
/// ```
/// {"pods": [{"namespace": "core", "name": "amf-0", "uid": "…", "container": "…", "netns": "…",
///   "state": "attached", "unseen": "why the kernel was not seen",
///   "networks": [{"interface": "net1", "network": "core/media", "types": ["macvlan"],
///     "state": "attached", "device": "…", "addresses": ["10.0.0.5/24"],
///     "link": {"name": "net1", "index": 7, "kind": "macvlan", "up": true, "mtu": 1500, "mac": "…",
///       "vlan": 7, "parent": {"name": "eth1", "where": "node", "port": "…"}},
///     "routes": [{"destination": "0.0.0.0/0", "gateway": "…", "link": "net1", "table": 254,
///       "metric": 0, "source": "…", "where": "pod"}],
///     "rules": [{"priority": 1000, "from": "…", "to": "…", "incoming": "…", "mark": 1, "mask": 1,
///       "table": 100, "where": "pod"}],
///     "binaries": [{"type": "portmap", "path": "/opt/cni/bin/portmap", "complaints": ["…"]}],
///     "differences": ["…"], "health": {"verdict": "wrong", "reason": "…"}}]}]}
/// ```
public final class ViewJson {
    private static final String WHERE = "where";
    private static final String TABLE = "table";

    private ViewJson() {}

    public static ObjectNode of(List<SandboxView> views) {
        ObjectNode json = Json.object();
        ArrayNode pods = json.putArray("pods");
        views.forEach(view -> put(pods.addObject(), view));
        return json;
    }

    private static void put(ObjectNode json, SandboxView view) {
        if (!view.plan().pod().name().isEmpty()) {
            json.put("namespace", view.plan().pod().namespace());
            json.put("name", view.plan().pod().name());
            if (!view.plan().pod().uid().isEmpty()) {
                json.put("uid", view.plan().pod().uid());
            }
        }
        json.put("container", view.plan().containerId());
        json.put("netns", view.plan().netns());
        json.put("state", view.state().toString());
        view.unseen().ifPresent(reason -> json.put("unseen", reason));
        ArrayNode networks = json.putArray("networks");
        view.attachments().forEach(one -> put(networks.addObject(), view, one));
    }

    private static void put(ObjectNode json, SandboxView view, AttachmentView one) {
        json.put("interface", one.attachment().id().ifName());
        json.put("network", one.attachment().title());
        ArrayNode types = json.putArray("types");
        one.types().forEach(types::add);
        json.put("state", one.state().toString());
        one.device().ifPresent(device -> json.put("device", device));
        ArrayNode addresses = json.putArray("addresses");
        one.addresses().forEach(address -> addresses.add(address.toString()));
        one.link().ifPresent(link -> put(json.putObject("link"), link));
        ArrayNode routes = json.putArray("routes");
        one.routes().forEach(route -> put(routes.addObject(), route));
        ArrayNode rules = json.putArray("rules");
        one.rules().forEach(rule -> put(rules.addObject(), rule));
        ArrayNode binaries = json.putArray("binaries");
        view.binaries(one).forEach(binary -> put(binaries.addObject(), binary));
        ArrayNode differences = json.putArray("differences");
        one.differences().forEach(differences::add);
        if (one.health().verdict() != Health.Verdict.NOT_ASKED) {
            ObjectNode health = json.putObject("health");
            health.put("verdict", one.health().verdict().toString());
            if (!one.health().reason().isEmpty()) {
                health.put("reason", one.health().reason());
            }
        }
    }

    private static void put(ObjectNode json, LinkView view) {
        Link link = view.link();
        json.put("name", link.name()).put("index", link.index());
        json.put("kind", link.kind()).put("up", link.up()).put("mtu", link.mtu());
        link.mac().ifPresent(mac -> json.put("mac", mac.toString()));
        link.vlan().ifPresent(vlan -> json.put("vlan", vlan));
        if (view.parent().isPresent()) {
            LinkView.Parent parent = view.parent().get();
            ObjectNode below = json.putObject("parent");
            below.put("name", parent.name()).put(WHERE, parent.side().toString());
            if (!parent.port().isEmpty()) {
                below.put("port", parent.port());
            }
        }
    }

    private static void put(ObjectNode json, RouteView view) {
        Route route = view.route();
        json.put("destination", route.destination().toString());
        route.gateway().ifPresent(gateway -> json.put("gateway", Cidr.text(gateway)));
        json.put("link", view.link());
        json.put(TABLE, Integer.toUnsignedLong(route.table()));
        if (route.metric() != 0) {
            json.put("metric", Integer.toUnsignedLong(route.metric()));
        }
        route.source().ifPresent(source -> json.put("source", Cidr.text(source)));
        json.put(WHERE, view.side().toString());
    }

    private static void put(ObjectNode json, BinaryView view) {
        json.put("type", view.type()).put("path", view.path());
        ArrayNode complaints = json.putArray("complaints");
        view.complaints().forEach(complaints::add);
    }

    private static void put(ObjectNode json, RuleView view) {
        Rule rule = view.rule();
        json.put("priority", Integer.toUnsignedLong(rule.priority()));
        rule.from().ifPresent(from -> json.put("from", from.toString()));
        rule.to().ifPresent(to -> json.put("to", to.toString()));
        rule.incoming().ifPresent(name -> json.put("incoming", name));
        if (rule.mask() != 0) {
            json.put("mark", Integer.toUnsignedLong(rule.mark()));
            json.put("mask", Integer.toUnsignedLong(rule.mask()));
        }
        json.put(TABLE, Integer.toUnsignedLong(rule.table()));
        json.put(WHERE, view.side().toString());
    }
}
