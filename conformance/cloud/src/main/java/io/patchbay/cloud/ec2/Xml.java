package io.patchbay.cloud.ec2;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An element of an answer, with a text or with elements.
record Xml(String name, String text, List<Xml> children) {
    Xml {
        children = List.copyOf(children);
    }

    static Xml text(String name, Object value) {
        return new Xml(name, value.toString(), List.of());
    }

    static Xml of(String name, List<Xml> children) {
        return new Xml(name, "", children);
    }

    static Xml of(String name, Xml... children) {
        return of(name, List.of(children));
    }

    /// A list, as EC2 writes them.
    static Xml set(String name, Stream<List<Xml>> items) {
        return of(name, items.map(item -> of("item", item)).toList());
    }

    static List<Xml> optional(String name, Optional<?> value) {
        return value.map(found -> List.of(text(name, found))).orElse(List.of());
    }

    String render() {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        write(out, "");
        return out.toString();
    }

    /// With EC2's namespace.
    String renderAnswer() {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        write(out, " xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"");
        return out.toString();
    }

    private void write(StringBuilder out, String attributes) {
        out.append('<').append(name).append(attributes).append('>');
        out.append(escaped(text));
        children.forEach(child -> child.write(out, ""));
        out.append("</").append(name).append('>');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
