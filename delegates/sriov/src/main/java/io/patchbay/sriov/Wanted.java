package io.patchbay.sriov;

import io.patchbay.spi.net.VirtualFunction;
import io.patchbay.spi.net.VirtualFunction.Mac;
import io.patchbay.spi.net.VirtualFunction.Rate;
import io.patchbay.spi.net.VirtualFunction.Setting;
import io.patchbay.spi.net.VirtualFunction.SpoofCheck;
import io.patchbay.spi.net.VirtualFunction.State;
import io.patchbay.spi.net.VirtualFunction.Trust;
import io.patchbay.spi.net.VirtualFunction.Vlan;
import io.patchbay.spi.net.VlanProtocol;
import java.util.ArrayList;
import java.util.List;

/// What a network wants of a virtual function at its physical one, and the way there. The MAC
/// address is left out: it concerns the link too.
final class Wanted {
    private Wanted() {}

    /// What the network does not name stays. A tag's priority and protocol come with its number.
    static VirtualFunction of(SriovConfig config, VirtualFunction now) {
        return new VirtualFunction(
                now.index(),
                now.mac(),
                config.vlan().isEmpty()
                        ? now.vlan()
                        : new Vlan(
                                config.vlan().getAsInt(),
                                config.vlanQoS().orElse(0),
                                config.protocol().orElse(VlanProtocol.DOT1Q)),
                new Rate(
                        config.minTxRate().orElse(now.rate().least()),
                        config.maxTxRate().orElse(now.rate().most())),
                config.spoofCheck().or(now::spoofCheck),
                config.trusted().or(now::trust),
                config.state().orElse(now.state()));
    }

    /// The settings in which two differ, as the second has them: nothing is written that is so
    /// already. Some cards refuse even VLAN 0 where there is none.
    static List<Setting> steps(VirtualFunction from, VirtualFunction to) {
        List<Setting> steps = new ArrayList<>();
        steps.add(to.vlan());
        steps.add(to.rate());
        to.spoofCheck().ifPresent(on -> steps.add(new SpoofCheck(on)));
        to.trust().ifPresent(on -> steps.add(new Trust(on)));
        steps.add(to.state());
        steps.removeIf(step -> isMet(step, from));
        return steps;
    }

    static boolean isMet(Setting setting, VirtualFunction now) {
        return switch (setting) {
            case Mac mac -> now.mac().equals(mac.address());
            case Vlan vlan -> now.vlan().equals(vlan);
            case Rate rate -> now.rate().equals(rate);
            case SpoofCheck check -> now.spoofCheck().filter(on -> on == check.on()).isPresent();
            case Trust trust -> now.trust().filter(on -> on == trust.on()).isPresent();
            case State state -> now.state() == state;
        };
    }

    /// Whether a driver tells at all what a setting sets.
    static boolean isTold(Setting setting, VirtualFunction now) {
        return switch (setting) {
            case SpoofCheck _ -> now.spoofCheck().isPresent();
            case Trust _ -> now.trust().isPresent();
            case Mac _, Vlan _, Rate _, State _ -> true;
        };
    }

    /// The key of the configuration that a setting comes from, and its value, for messages.
    static String key(Setting setting) {
        return switch (setting) {
            case Mac mac -> "\"mac\" is \"%s\"".formatted(mac.address());
            case Vlan(int id, int qos, VlanProtocol protocol) ->
                    qos == 0 && protocol == VlanProtocol.DOT1Q
                            ? "\"vlan\" is %d".formatted(id)
                            : "\"vlan\" is %d with \"vlanQoS\" %d and \"vlanProto\" \"%s\""
                                    .formatted(
                                            id,
                                            qos,
                                            protocol == VlanProtocol.DOT1Q ? "802.1q" : "802.1ad");
            case Rate(int least, int most) ->
                    "\"min_tx_rate\" is %d and \"max_tx_rate\" is %d".formatted(least, most);
            case SpoofCheck check -> "\"spoofchk\" is \"%s\"".formatted(check.on() ? "on" : "off");
            case Trust trust -> "\"trust\" is \"%s\"".formatted(trust.on() ? "on" : "off");
            case State state ->
                    "\"link_state\" is \"%s\""
                            .formatted(
                                    switch (state) {
                                        case AUTO -> "auto";
                                        case ENABLE -> "enable";
                                        case DISABLE -> "disable";
                                    });
        };
    }
}
