package io.patchbay.examples.dpdk;

import io.patchbay.dpdk.Port;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What went by the ports since the start: `received` by a port, `sent` by it, and `dropped` since
/// it did not take them.
record Traffic(long nanos, List<PortTraffic> ports) {
    record PortTraffic(String port, long received, long sent, long dropped) {}

    static Traffic of(List<Port> ports, List<Direction> directions, long nanos) {
        return new Traffic(nanos, ports.stream().map(port -> of(port, directions)).toList());
    }

    private static PortTraffic of(Port port, List<Direction> directions) {
        long received = 0;
        long sent = 0;
        long dropped = 0;
        for (Direction direction : directions) {
            if (direction.from == port) {
                received += direction.received();
            }
            if (direction.to == port) {
                sent += direction.sent();
                dropped += direction.dropped();
            }
        }
        return new PortTraffic(port.name(), received, sent, dropped);
    }

    double seconds() {
        return nanos / 1e9;
    }

    /// A line a port: packets a second since an earlier time, and how many since the start.
    String rates(Traffic earlier) {
        double seconds = (nanos - earlier.nanos) / 1e9;
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < ports.size(); i++) {
            PortTraffic now = ports.get(i);
            PortTraffic then = earlier.ports.get(i);
            lines.append(
                    String.format(
                            Locale.ROOT,
                            "%7.1f s  %-16s rx %,13.0f pps  tx %,13.0f pps  dropped %,13.0f pps  received %d, sent %d%n",
                            seconds(),
                            now.port,
                            (now.received - then.received) / seconds,
                            (now.sent - then.sent) / seconds,
                            (now.dropped - then.dropped) / seconds,
                            now.received,
                            now.sent));
        }
        return lines.toString();
    }

    /// A line a port.
    String totals() {
        return ports.stream()
                .map(port ->
                        String.format(
                                Locale.ROOT,
                                "%s: received %d, sent %d, dropped %d in %.1f s%n",
                                port.port,
                                port.received,
                                port.sent,
                                port.dropped,
                                seconds()))
                .collect(Collectors.joining());
    }

    /// One line, for programs: the sums, and each port's.
    String json(int burst) {
        return String.format(
                Locale.ROOT,
                "{\"burst\":%d,\"seconds\":%.6f,\"rx\":%d,\"tx\":%d,\"ports\":[%s]}",
                burst,
                seconds(),
                ports.stream().mapToLong(PortTraffic::received).sum(),
                ports.stream().mapToLong(PortTraffic::sent).sum(),
                ports.stream().map(Traffic::json).collect(Collectors.joining(",")));
    }

    private static String json(PortTraffic port) {
        return String.format(
                Locale.ROOT,
                "{\"port\":\"%s\",\"rx\":%d,\"tx\":%d,\"dropped\":%d}",
                port.port.replace("\\", "\\\\").replace("\"", "\\\""),
                port.received,
                port.sent,
                port.dropped);
    }
}
