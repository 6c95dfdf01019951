extension CodeExplanation {
    /// Templates of your own (--templates).
    static let templates: [CodeExplanation] = [
        CodeExplanation(
            "template-missing",
            cause: "A folder of templates names one that is not there, or lacks one.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Give the file the name of a built-in template."
        ),
        CodeExplanation(
            "template-syntax",
            cause: "A tag, a hole or a block of the template is not written as it must be.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Correct the place that is shown."
        ),
        CodeExplanation(
            "template-unexpected",
            cause: "A tag stands where none of its kind can be, such as 'else' without 'if'.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Correct the place that is shown."
        ),
        CodeExplanation(
            "template-block",
            cause: "A directive that opens a block of nginx has none, or one has a block that opens none.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Write '{ … }' or ';' as nginx asks for it."
        ),
        CodeExplanation(
            "template-unclosed",
            cause: "A tag or a hole is not closed.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Close it with '%}' or '}}'."
        ),
        CodeExplanation(
            "template-unended",
            cause: "A block has no end.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Add '{% end %}'."
        ),
        CodeExplanation(
            "template-unbalanced",
            cause: "One branch opens or closes a brace that another does not.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Have every branch leave the same braces open."
        ),
        CodeExplanation(
            "template-quotes",
            cause: "A quoted argument holds a tag or a hole, or does not end on its line.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Let a hole stand alone as an argument: it is quoted where need be."
        ),
        CodeExplanation(
            "template-comment",
            cause: "A tag stands in a comment of nginx.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Move it out of the comment."
        ),
        CodeExplanation(
            "template-joined",
            cause: "A hole is joined to other text, which could change what it means.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Put a space between them; a value that needs more is made by Postern."
        ),
        CodeExplanation(
            "template-include",
            cause: "A template is included where it cannot be, or not alone on its line.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Write '{% include \"name\" with value %}' on a line of its own."
        ),
        CodeExplanation(
            "template-unknown-include",
            cause: "A template includes one that there is not.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Correct the name as the message says."
        ),
        CodeExplanation(
            "template-include-cycle",
            cause: "Templates include each other in a circle.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Break the circle."
        ),
        CodeExplanation(
            "template-unknown-type",
            cause: "A template is for a type that there is not.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Use a type that the message names."
        ),
        CodeExplanation(
            "template-unknown-field",
            cause: "The type of the template has no field of this name.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Use a field that the message names."
        ),
        CodeExplanation(
            "template-wrong-type",
            cause: "A field is of a type that cannot stand at this place.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Use it as its type asks for: 'for' for a list, 'if' for a choice, a hole for an argument."
        ),
        CodeExplanation(
            "template-wrong-case",
            cause: "A 'switch' has a branch for a case that the type does not have, or has one twice.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Use the cases that the message names."
        ),
        CodeExplanation(
            "template-missing-case",
            cause: "A 'switch' lacks a branch for a case.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Add the branch."
        ),
        CodeExplanation(
            "template-shadowed-name",
            cause: "A name in a loop or branch hides another.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Choose another name."
        ),
        CodeExplanation(
            "template-duplicate-name",
            cause: "Two templates have the same name.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Rename one of them."
        ),
        CodeExplanation(
            "template-duplicate-template",
            cause: "A file says twice which type it is for.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Remove one '{% template %}'."
        ),
        CodeExplanation(
            "template-missing-template",
            cause: "A file does not say which type it is for.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Begin it with '{% template NAME %}'."
        ),
        CodeExplanation(
            "template-misplaced-template",
            cause: "'{% template %}' does not stand at the beginning of its file.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Move it to the first line."
        ),
        CodeExplanation(
            "template-misplaced-directive",
            cause: "nginx does not take the directive in this block.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Move it to a block that takes it."
        ),
        CodeExplanation(
            "template-misplaced-settings",
            cause: "Settings are printed in a block that does not take them.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Move them to the block of their type."
        ),
        CodeExplanation(
            "template-unknown-directive",
            cause: "nginx, in the version that is written for, has no such directive.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Correct the spelling, or name the version with --nginx-version."
        ),
        CodeExplanation(
            "template-argument-count",
            cause: "A directive has more or fewer arguments than it takes.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Write as many as the message says."
        ),
        CodeExplanation(
            "template-argument-kind",
            cause: "A directive takes no argument of this type here.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Use a field of a type that the message names."
        ),
        CodeExplanation(
            "template-hole-as-name",
            cause: "A hole stands where a directive's name is.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Write the name out; values are arguments only."
        ),
        CodeExplanation(
            "template-too-many-branches",
            cause: "A directive has so many branches inside that they cannot all be checked.",
            effect: "No configuration is written, and postern run does not start.",
            remedy: "Move branches around the whole directive."
        ),
    ]
}
