package io.patchbay.dpdk.pod;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Prints the arguments that start DPDK in this container, for a shell. It ends with 0, with 1
/// where what the container was told does not do, and with 2 where the command line does not.
public final class Main {
    private static final String USAGE =
            """
            usage: java -cp ... io.patchbay.dpdk.pod.Main [--network NAME]... [--serve NAME]...
                       [--port NAME] [--annotations FILE] [--format args|json]

              --network NAME      this network alone; a link of the kernel's by net_af_packet
              --serve NAME        open this vhost-user socket by net_vhost, as a virtual switch does
              --port NAME         print the name of this network's port, and nothing else
              --annotations FILE  not /etc/podnetinfo/annotations, nor $PATCHBAY_POD_ANNOTATIONS
              --format FORMAT     args: one line for a shell (the default); json: all that is known
            """;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private final List<String> networks = new ArrayList<>();
    private final List<String> served = new ArrayList<>();
    private Optional<String> port = Optional.empty();
    private Optional<Path> annotations = Optional.empty();
    private boolean json;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), PodPlaces.ofThisProcess(), System.out, System.err));
    }

    static int run(
            List<String> arguments, PodPlaces places, PrintStream out, PrintStream complaints) {
        if (arguments.contains("--help")) {
            out.print(USAGE);
            return 0;
        }
        Main main = new Main();
        Optional<String> fault = main.take(arguments.iterator());
        if (fault.isPresent()) {
            complaints.println(fault.get());
            complaints.print(USAGE);
            return 2;
        }
        try {
            main.print(places, out, complaints);
            return 0;
        } catch (PodException e) {
            complaints.println(e.getMessage());
            return 1;
        }
    }

    /// What is wrong with them.
    private Optional<String> take(Iterator<String> arguments) {
        while (arguments.hasNext()) {
            String option = arguments.next();
            if (!List.of("--network", "--serve", "--port", "--annotations", "--format")
                    .contains(option)) {
                return Optional.of("unknown argument " + option);
            }
            if (!arguments.hasNext()) {
                return Optional.of(option + " needs a value");
            }
            String value = arguments.next();
            switch (option) {
                case "--network" -> networks.add(value);
                case "--serve" -> served.add(value);
                case "--port" -> port = Optional.of(value);
                case "--annotations" -> annotations = Optional.of(Path.of(value));
                default -> {
                    json = value.equals("json");
                    if (!json && !value.equals("args")) {
                        return Optional.of("--format is args or json, not " + value);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private void print(PodPlaces places, PrintStream out, PrintStream complaints) {
        PodDevices devices =
                PodDevices.read(annotations.map(places::withAnnotations).orElse(places))
                        .serving(served);
        List<String> line =
                networks.isEmpty() ? devices.ealArguments() : devices.ealArguments(networks);
        if (port.isPresent()) {
            out.println(devices.portName(port.get()));
        } else if (json) {
            out.println(DevicesJson.encode(devices, line));
        } else {
            out.println(line.stream().map(Main::quoted).collect(Collectors.joining(" ")));
            devices.remarks().forEach(complaints::println);
        }
    }

    private static String quoted(String argument) {
        return PLAIN.matcher(argument).matches()
                ? argument
                : "'" + argument.replace("'", "'\\''") + "'";
    }
}
