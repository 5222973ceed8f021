// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

extension Change {
    /// A line with the change and its cause, and one each for the entry before and after.
    func text(_ terminal: Terminal) -> String {
        let title = [StyledText("\(kind.symbol) \(name)", kind.color), StyledText(" (\(kind.rawValue)): \(cause)")]
        var lines = [terminal.prose(title, hanging: 2)]
        if before != after {
            if let before { lines.append(Self.line("-", before, .red, terminal)) }
            if let after { lines.append(Self.line("+", after, .green, terminal)) }
        }
        return lines.joined(separator: "\n")
    }

    private static func line(
        _ sign: String, _ entry: Entry, _ style: Terminal.Style, _ terminal: Terminal
    ) -> String {
        let flags = entry.flags.isEmpty ? "" : " \(entry.flags.letters)"
        let words = "\(entry.recognition) → \(entry.interpreterText)\(flags)"
        let text =
            terminal.width == nil
            ? "    \(sign) \(words.printable)" : terminal.paragraph(words, indentation: 6, label: "    \(sign)")
        return text.split(separator: "\n").map { terminal.styled(String($0), style) }.joined(separator: "\n")
    }
}

extension Change.Kind {
    fileprivate var color: Terminal.Style {
        switch self {
        case .serve, .restore, .register, .enable: .green
        case .replace, .reorder: .yellow
        case .unregister: .red
        }
    }
}
