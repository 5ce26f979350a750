package io.patchbay.chained;

import io.patchbay.spi.Attached;
import io.patchbay.spi.Attachment;
import io.patchbay.spi.Delegate;
import io.patchbay.spi.Detachment;
import io.patchbay.spi.NetworkConfig;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.net.Netns;
import io.patchbay.spi.net.Route;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Lets what an address sends leave by the link that has the address.
final class SourceRoutingDelegate implements Delegate<SourceRoutingConfig> {
    private final Book<Branches> book;

    SourceRoutingDelegate(Book<Branches> book) {
        this.book = book;
    }

    @Override
    public void probe(Attachment<SourceRoutingConfig> attachment, Netns pod) {
        if (!declared(attachment.config()).isEmpty()) {
            vacancies(attachment.config(), pod, 0);
        }
    }

    private static List<Integer> declared(SourceRoutingConfig config) {
        return config.table().isPresent() ? List.of(config.table().getAsInt()) : config.tables();
    }

    /// Refuses declared tables that somebody has. In one of `table` the routes of the link are
    /// those that the rules are to lead to.
    private static Vacancies vacancies(SourceRoutingConfig config, Netns pod, int link) {
        Vacancies vacancies =
                Vacancies.in(pod.path(), pod.rtnl(), config.table().isPresent() ? link : 0);
        vacancies.refuseUsed(declared(config));
        return vacancies;
    }

    @Override
    public Attached add(Attachment<SourceRoutingConfig> attachment, Netns pod) {
        ChainedLink chained = ChainedLink.of(attachment, pod);
        if (chained.ips().isEmpty()) {
            throw CniException.invalidConfig(
                    "%s has no address to be routed by: give the plugin before sbr an ipam"
                            .formatted(attachment.id()));
        }
        int link = chained.link().index();
        Branches branches =
                new Branching(
                                attachment.config(),
                                chained,
                                LinkRoutes.of(link, pod.rtnl().routes(Route.MAIN)),
                                vacancies(attachment.config(), pod, link))
                        .of(attachment);
        book.write(branches);
        new SourceRouting(branches).apply(pod);
        return Attached.of(chained.told());
    }

    @Override
    public void check(Attachment<SourceRoutingConfig> attachment, Netns pod) {
        new SourceRouting(book.get(attachment)).check(pod);
    }

    @Override
    public void del(Detachment<SourceRoutingConfig> detachment, Optional<Netns> pod) {
        book.find(detachment)
                .ifPresent(branches -> {
                    SourceRouting routing = new SourceRouting(branches);
                    pod.ifPresent(netns -> routing.remove(netns, detachment.group()));
                    book.erase(branches);
                });
    }

    /// What was in a pod that nobody remembers went with its namespace.
    @Override
    public void gc(NetworkConfig<SourceRoutingConfig> network, Set<AttachmentId> valid) {
        book.orphans(network.network(), valid).forEach(book::erase);
    }
}
