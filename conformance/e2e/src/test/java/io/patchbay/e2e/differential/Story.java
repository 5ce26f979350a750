package io.patchbay.e2e.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patchbay.e2e.node.Answer;
import io.patchbay.e2e.node.PodNetns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What becomes of a row on one side: every answer, and the state after ADD and after DEL.
final class Story {
    private final World world;
    private final Side side;
    private final Symbols symbols = new Symbols();
    private final Map<String, String> told = new TreeMap<>();
    private final List<Sandbox> sandboxes = new ArrayList<>();
    private final List<JsonNode> results = new ArrayList<>();

    private Story(World world, Side side) {
        this.world = world;
        this.side = side;
    }

    static Map<String, String> of(World world, Side side, Row row) {
        Story story = new Story(world, side);
        world.begin(row.links());
        try {
            for (Wish wish : row.pods()) {
                String pod = "%s-pod-%d".formatted(wish.network(), story.sandboxes.size());
                side.declare(pod, wish);
                story.sandboxes.add(new Sandbox(pod, world.pod(pod, wish.links()), wish));
            }
            story.play();
        } finally {
            story.sandboxes.forEach(sandbox -> sandbox.netns().close());
        }
        return story.told;
    }

    private void play() {
        List<Answer> added = new ArrayList<>();
        for (Sandbox sandbox : sandboxes) {
            Answer answer = side.call("ADD", sandbox, MissingNode.getInstance());
            symbols.learn(answer.output());
            added.add(answer);
        }
        look("after ADD");
        for (int i = 0; i < added.size(); i++) {
            tellResult(i, added.get(i));
        }
        for (int i = 0; i < sandboxes.size(); i++) {
            if (results.get(i).isObject() && sandboxes.get(i).wish().hasCheck()) {
                tell("CHECK of pod " + i, call("CHECK", i));
            }
        }
        for (int i = sandboxes.size() - 1; i >= 0; i--) {
            tell("DEL of pod " + i, call("DEL", i));
        }
        look("after DEL");
        for (int i = sandboxes.size() - 1; i >= 0; i--) {
            tell("DEL of pod %d again".formatted(i), call("DEL", i));
        }
    }

    private Answer call(String command, int i) {
        return side.call(command, sandboxes.get(i), results.get(i));
    }

    private void look(String when) {
        List<PodNetns> pods = sandboxes.stream().map(Sandbox::netns).toList();
        told.putAll(world.told(when, pods, symbols));
    }

    private void tellResult(int pod, Answer answer) {
        String title = "ADD of pod " + pod;
        tell(title, answer);
        results.add(answer.status() == 0 ? answer.json() : MissingNode.getInstance());
        Map<String, String> result = new TreeMap<>();
        Flat.put(result, title + ", result", results.getLast());
        result.forEach((key, value) -> told.put(symbols.in(key), symbols.in(value)));
    }

    private void tell(String title, Answer answer) {
        told.put(title + ", code", Integer.toString(answer.code()));
    }
}
