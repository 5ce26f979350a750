package io.patchbay.ipvlan;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.cni.CniResult.Interface;
import io.patchbay.spi.cni.ErrorCode;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.Route;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Which link is to be a network's parent.
///
/// @param name empty is the link of the default route
record ParentChoice(Optional<String> name, Source source) {
    /// Where the choice is from.
    enum Source {
        MASTER("\"master\""),
        DEFAULT_ROUTE("of the default route, for no \"master\" is named"),
        PLUGIN_BEFORE("of the plugin before, for no \"master\" is named");

        private final String why;

        Source(String why) {
            this.why = why;
        }
    }

    private static final ParentChoice DEFAULT_ROUTE =
            new ParentChoice(Optional.empty(), Source.DEFAULT_ROUTE);

    static ParentChoice of(UpperLinkConfig config) {
        return config.parent()
                .map(name -> new ParentChoice(Optional.of(name), Source.MASTER))
                .orElse(DEFAULT_ROUTE);
    }

    /// Behind another plugin of a chain: its only link, where no `master` is named.
    static ParentChoice behind(CniResult previous, UpperLinkConfig config) {
        if (config.parent().isPresent()) {
            return of(config);
        }
        List<Interface> links = previous.interfaces();
        if (links.size() != 1) {
            throw CniException.invalidConfig(
                    "no \"master\" is named, and the plugin before has %s instead of one link to take: name it"
                            .formatted(
                                    links.isEmpty()
                                            ? "none"
                                            : "links "
                                                    + String.join(
                                                            ", ",
                                                            links.stream()
                                                                    .map(Interface::name)
                                                                    .toList())));
        }
        Interface link = links.getFirst();
        if (!link.sandbox().isEmpty() && !config.linkInContainer()) {
            throw CniException.invalidConfig(
                    "no \"master\" is named, and link %s of the plugin before is in the pod: name one on the host, or set \"linkInContainer\""
                            .formatted(link.name()));
        }
        return new ParentChoice(Optional.of(link.name()), Source.PLUGIN_BEFORE);
    }

    /// The same for refusals.
    String why() {
        return source.why;
    }

    /// @param refusal the code where there is none
    Link get(Place place, ErrorCode refusal) {
        return find(place).orElseThrow(() -> new CniException(refusal, missing(place)));
    }

    Optional<Link> find(Place place) {
        if (name.isPresent()) {
            return place.netns().rtnl().find(name.get());
        }
        return defaultLink(place.netns().rtnl().routes(Route.MAIN)).stream()
                .mapToObj(place.netns().rtnl()::find)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private String missing(Place place) {
        return name.map(missing ->
                        "%s is \"%s\", and %s has no such link: create it, or name another one"
                                .formatted(
                                        source == Source.MASTER ? why() : "the link " + why(),
                                        missing,
                                        place.title()))
                .orElseGet(() ->
                        "no \"master\" is named, and %s has no default route to take one from: name it"
                                .formatted(place.title()));
    }

    /// The link of the default route: IPv4's before IPv6's, then the lowest metric's.
    static OptionalInt defaultLink(List<Route> routes) {
        return routes.stream()
                .filter(route -> route.destination().prefix() == 0 && route.link().isPresent())
                .min(
                        Comparator.comparing((Route route) -> route.destination().isIpv6())
                                .thenComparingInt(Route::metric))
                .map(Route::link)
                .orElse(OptionalInt.empty());
    }
}
