package io.patchbay.kit.cord;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.Journal;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.LeasedLink;
import io.patchbay.spi.net.Change.AddRule;
import io.patchbay.spi.net.Change.CreateLink;
import io.patchbay.spi.net.Change.DeleteRule;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.KernelException;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.LinkSpec.Head;
import io.patchbay.spi.net.LinkSpec.Veth;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import io.patchbay.spi.net.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// A delegate with a little of everything: a veth pair whose near end is a port of a bridge, an
/// address, a rule of the node for each address, and a note of that. It keeps every rule; its steps
/// can be replaced one by one, so that one rule can be broken at a time.
public class CordDelegate<C extends Record & Panelled> implements Delegate<C> {
    static final int PRIORITY = 5000;

    final DelegateContext context;
    final Journal<Sources> notes;

    /// The addresses that have rules on the node.
    public record Sources(AttachmentId id, List<Cidr> sources) {}

    public CordDelegate(DelegateContext context) {
        this.context = context;
        this.notes = context.journal("sources", Sources.class);
    }

    @Override
    public Attached add(Attachment<C> attachment, Netns pod) {
        Link panel = panel(attachment.host(), attachment.config(), Standard.INVALID_NETWORK_CONFIG);
        Lease lease = acquire(attachment);
        List<Cidr> sources = lease.ips().stream().map(CniResult.Ip::address).toList();
        noteAndRule(attachment, sources);
        MacAddress mac = MacAddress.random(ThreadLocalRandom.current());
        plug(attachment, panel, pod, mac);
        LeasedLink link =
                new LeasedLink(podIndex(attachment, pod), attachment.id().ifName(), lease);
        configure(link, pod);
        return Attached.of(result(link, Interface.inSandbox(link.name(), mac, 1500, pod.path())));
    }

    Lease acquire(Attachment<C> attachment) {
        return attachment.ipam().acquire();
    }

    void noteAndRule(Attachment<C> attachment, List<Cidr> sources) {
        notes.write(key(attachment.id()), new Sources(attachment.id(), sources));
        rule(attachment.host(), sources);
    }

    void rule(Netns host, List<Cidr> sources) {
        sources.forEach(source -> host.rtnl().apply(new AddRule(rule(source))));
    }

    static Rule rule(Cidr source) {
        return Rule.from(source, PRIORITY, Route.MAIN);
    }

    void plug(Attachment<C> attachment, Link panel, Netns pod, MacAddress mac) {
        attachment.host().rtnl().apply(new CreateLink(pair(attachment, panel, pod, mac)));
    }

    static Veth pair(Attachment<?> attachment, Link panel, Netns pod, MacAddress mac) {
        Head near =
                Head.named("cord" + Integer.toHexString(attachment.ifindex(0)))
                        .index(attachment.ifindex(0))
                        .group(attachment.group())
                        .master(panel.index())
                        .asUp();
        Head far =
                Head.named(attachment.id().ifName())
                        .index(attachment.ifindex(1))
                        .group(attachment.group())
                        .mac(mac)
                        .in(pod);
        return new Veth(near, far);
    }

    int podIndex(Attachment<C> attachment, Netns pod) {
        return attachment.ifindex(1);
    }

    void configure(LeasedLink link, Netns pod) {
        link.configure(pod);
    }

    CniResult result(LeasedLink link, Interface inPod) {
        return link.result(List.of(inPod));
    }

    String key(AttachmentId id) {
        return String.join(",", id.network(), id.containerId(), id.ifName());
    }

    static Link panel(Netns host, Panelled config, Standard refusal) {
        String name = config.panel().orElseThrow();
        return host.rtnl()
                .find(name)
                .orElseThrow(() ->
                        new CniException(
                                refusal,
                                "\"panel\" is \"%s\", and the node has no such bridge: make it"
                                        .formatted(name)));
    }

    @Override
    public void check(Attachment<C> attachment, Netns pod) {
        checkRules(attachment);
        check(attachment, pod, attachment.told());
    }

    void check(Attachment<C> attachment, Netns pod, CniResult result) {
        LeasedLink.of(podIndex(attachment, pod), attachment.id().ifName(), result).check(pod);
    }

    void checkRules(Attachment<C> attachment) {
        List<Rule> present = attachment.host().rtnl().rules();
        notes.find(key(attachment.id())).stream()
                .flatMap(note -> note.sources().stream())
                .filter(source -> present.stream().noneMatch(rule -> isRuleOf(source, rule)))
                .findFirst()
                .ifPresent(source -> {
                    throw CniException.changed(
                            "the node should have a rule from %s, and has none".formatted(source));
                });
    }

    private static boolean isRuleOf(Cidr source, Rule rule) {
        return rule.priority() == PRIORITY
                && rule.from()
                        .filter(from ->
                                from.address().equals(source.address())
                                        || from.contains(source.address()))
                        .isPresent();
    }

    @Override
    public void del(Detachment<C> detachment, Optional<Netns> pod) {
        remove(detachment.host(), key(detachment.id()));
    }

    void remove(Netns host, String key) {
        notes.find(key).ifPresent(note -> unrule(host, note));
        notes.erase(key);
    }

    void unrule(Netns host, Sources note) {
        for (Cidr source : note.sources()) {
            try {
                host.rtnl().apply(new DeleteRule(rule(source)));
            } catch (KernelException e) {
                if (!e.isAbsent()) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void gc(NetworkConfig<C> network, Set<AttachmentId> valid) {
        notes.all()
                .forEach((key, note) -> {
                    if (note.id().network().equals(network.network())
                            && !valid.contains(note.id())) {
                        remove(context.host(), key);
                    }
                });
    }

    @Override
    public void status(NetworkConfig<C> network) {
        panel(context.host(), network.config(), Standard.UNAVAILABLE);
    }
}
