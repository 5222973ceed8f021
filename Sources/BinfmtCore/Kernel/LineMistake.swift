// SPDX-License-Identifier: Apache-2.0

/// A mistake about a line of binfmt.d(5) as a whole, which says more than where the line stops making sense.
enum LineMistake: CustomStringConvertible {
    /// An editor put U+FEFF at the start of the file.
    case byteOrderMark
    /// The quotes of the shell's `echo` that once wrote the line to the kernel.
    case quoted(UInt8)

    /// - Parameter line: an invalid one.
    init?(_ line: ArraySlice<UInt8>) {
        if line.starts(with: "\u{feff}".utf8) {
            self = .byteOrderMark
        } else if let quote = line.first, line.count > 1, line.last == quote, "'\"`".utf8.contains(quote) {
            self = .quoted(quote)
        } else {
            return nil
        }
    }

    var description: String {
        switch self {
        case .byteOrderMark: "the file begins with a byte-order mark (EF BB BF): save it as UTF-8 without one"
        case .quoted(let quote):
            "the line is in quotes, which only a shell removes: delete the \([quote].printable) at both ends"
        }
    }
}
