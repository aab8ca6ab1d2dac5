package org.sparkautoencoder.report;

/** Builds markup from templates, and escapes the values unless they are markup. */
final class Html {
    private final StringBuilder markup = new StringBuilder();

    static Html of(String template, Object... values) {
        return new Html().add(template, values);
    }

    /** Adds a template with each {@code {}} replaced by the next value, escaped unless it is of this type. */
    Html add(String template, Object... values) {
        int from = 0;
        for (Object value : values) {
            int index = template.indexOf("{}", from);
            if (index < 0) {
                throw new IllegalArgumentException("more values than {} in " + template);
            }
            markup.append(template, from, index);
            markup.append(value instanceof Html html ? html.markup : escape(String.valueOf(value)));
            from = index + 2;
        }
        if (template.indexOf("{}", from) >= 0) {
            throw new IllegalArgumentException("fewer values than {} in " + template);
        }
        markup.append(template, from, template.length());
        return this;
    }

    /** Adds a file of this project or of a library unchanged. */
    Html addFile(String content) {
        markup.append(content);
        return this;
    }

    /** Escapes text for an element or a quoted attribute. */
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
