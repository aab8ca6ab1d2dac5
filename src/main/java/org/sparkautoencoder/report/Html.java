package org.sparkautoencoder.report;

/** Markup in the making. What is put into a template's {@code {}} is text, unless it is markup itself. */
final class Html {
    private final StringBuilder markup = new StringBuilder();

    static Html of(String template, Object... values) {
        return new Html().add(template, values);
    }

    /** Adds a template, each {@code {}} of it replaced by the next value: escaped, but for one of this type. */
    Html add(String template, Object... values) {
        int from = 0;
        for (Object value : values) {
            int place = template.indexOf("{}", from);
            if (place < 0) {
                throw new IllegalArgumentException("more values than {} in " + template);
            }
            markup.append(template, from, place);
            markup.append(value instanceof Html html ? html.markup : escape(String.valueOf(value)));
            from = place + 2;
        }
        if (template.indexOf("{}", from) >= 0) {
            throw new IllegalArgumentException("fewer values than {} in " + template);
        }
        markup.append(template, from, template.length());
        return this;
    }

    /** Adds a file of this project or of a library, as it is. */
    Html addFile(String content) {
        markup.append(content);
        return this;
    }

    /** Text that no HTML parser takes for markup, in an element or in a quoted attribute. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    @Override
    public String toString() {
        return markup.toString();
    }
}
