package io.patchbay.suite.network;

import io.patchbay.suite.plugin.Recorder;
import java.nio.file.Path;

/// A plugin of the suite's own that makes a link with an address, and takes it away.
///
/// @param number the N of its address 10.99.N.2/24
record RecordedLink(Recorder recorder, int number) {
    private static final String ADD =
            """
            pod() { nsenter --net="$CNI_NETNS" -- ip "$@"; }
            if pod link show "$CNI_IFNAME" > /dev/null 2>&1; then
                echo '{"cniVersion": "1.0.0", "code": 100, "msg": "the link is there already"}'; exit 1
            fi
            pod link add "$CNI_IFNAME" address %2$s type veth peer name "w$CNI_IFNAME" || exit 1
            pod link set "w$CNI_IFNAME" up
            pod link set "$CNI_IFNAME" up
            pod address add 10.99.%1$d.2/24 dev "$CNI_IFNAME"
            %3$s
            cat << END
            {"cniVersion": "1.0.0",
             "interfaces": [{"name": "$CNI_IFNAME", "mac": "%2$s", "sandbox": "$CNI_NETNS"}],
             "ips": [{"interface": 0, "address": "10.99.%1$d.2/24", "gateway": "10.99.%1$d.1"}]%4$s,
             "dns": {"nameservers": ["10.99.%1$d.53"]}}
            END
            exit 0
            """;

    private static final String DEL =
            """
            nsenter --net="$CNI_NETNS" -- ip link delete "$CNI_IFNAME" 2> /dev/null
            nsenter --net="$CNI_NETNS" -- ip link delete "w$CNI_IFNAME" 2> /dev/null
            exit 0
            """;

    static RecordedLink install(Path directory, String type, int number) {
        RecordedLink link = new RecordedLink(Recorder.install(directory, type), number);
        link.recorder.before("ADD", link.add("", ""));
        link.recorder.before("DEL", DEL);
        return link;
    }

    private String add(String script, String routes) {
        return ADD.formatted(number, mac(), script, routes);
    }

    RecordedLink withDefaultRoute() {
        recorder.before(
                "ADD",
                add(
                        "pod route add default via 10.99.%d.1 dev \"$CNI_IFNAME\" || exit 1"
                                .formatted(number),
                        ", \"routes\": [{\"dst\": \"0.0.0.0/0\", \"gw\": \"10.99.%d.1\"}]"
                                .formatted(number)));
        return this;
    }

    /// Runs shell commands first.
    RecordedLink first(String script) {
        recorder.before("ADD", script + "\n" + add("", ""));
        return this;
    }

    /// Fails from now on.
    RecordedLink refuse(String command) {
        recorder.before(command, "").refuse(command, 111);
        return this;
    }

    /// Makes nothing, and says so.
    RecordedLink withoutResult() {
        recorder.before("ADD", "").answer("ADD", 0, "{\"cniVersion\": \"1.0.0\"}");
        return this;
    }

    /// Lets DEL succeed again.
    RecordedLink relent() {
        recorder.before("DEL", DEL);
        return this;
    }

    /// What its script kept under a name; empty for nothing.
    String kept(String name) {
        return recorder.kept(name);
    }

    String type() {
        return recorder.type();
    }

    String address() {
        return "10.99.%d.2".formatted(number);
    }

    String gateway() {
        return "10.99.%d.1".formatted(number);
    }

    String mac() {
        return "02:00:00:99:00:%02x".formatted(number);
    }
}
