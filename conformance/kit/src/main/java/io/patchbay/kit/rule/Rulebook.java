package io.patchbay.kit.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The rules of RULES.md, which is part of the kit's jar.
public record Rulebook(List<Rule> rules) {
    private static final Pattern GROUP = Pattern.compile("## ([A-Z]+)");
    private static final Pattern LINE =
            Pattern.compile("\\| (\\d+) \\| (\\S.*\\S) \\| (\\S.*\\S) \\|");

    public Rulebook {
        rules = List.copyOf(rules);
    }

    public static Rulebook ofTheKit() {
        try (InputStream page = Rulebook.class.getResourceAsStream("/io/patchbay/kit/RULES.md")) {
            return parse(
                    new String(
                            Objects.requireNonNull(page, "RULES.md").readAllBytes(),
                            StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Rulebook parse(String page) {
        List<Rule> rules = new ArrayList<>();
        String group = "";
        for (String line : page.lines().toList()) {
            Matcher title = GROUP.matcher(line);
            Matcher rule = LINE.matcher(line);
            if (title.matches()) {
                group = title.group(1);
            } else if (rule.matches()) {
                int number = Integer.parseInt(rule.group(1));
                rules.add(new Rule(number, group, rule.group(2), rule.group(3)));
            }
        }
        return new Rulebook(rules);
    }

    /// The rule that a test of that name tries; an author's own tests try none.
    public Optional<Rule> findByTest(String test) {
        return rules.stream().filter(rule -> rule.isTriedBy(test)).findFirst();
    }
}
