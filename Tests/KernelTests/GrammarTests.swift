// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

extension KernelTests {
    /// The register strings that the kernel and binfmtd accept.
    @Suite struct GrammarTests {
        /// The result of binfmtd's parser of foreign register strings.
        enum Ours: Equatable {
            /// Accepted, and the kernel's text is equal to it.
            case same
            /// Refused although the kernel accepts it, because it can only be a mistake.
            case stricter
            /// Refused, as the kernel does.
            case refused
        }

        struct Case: CustomTestStringConvertible {
            let line: [UInt8]
            /// Nil if the kernel accepts it.
            let kernel: Errno?
            let ours: Ours

            init(_ line: String, _ kernel: Errno?, _ ours: Ours) { self.init(bytes: Array(line.utf8), kernel, ours) }

            init(bytes: [UInt8], _ kernel: Errno?, _ ours: Ours) {
                line = bytes
                self.kernel = kernel
                self.ours = ours
            }

            var testDescription: String { String(decoding: line.prefix(80), as: UTF8.self) }
        }

        private static let longName = String(repeating: "n", count: 246)

        static let cases: [Case] = [
            // The delimiter.
            Case(":a:M::MZ::/bin/true:", nil, .same),
            Case(",a,M,,MZ,,/bin/true,", nil, .same),
            Case("aaaMaaMZaa/bin/tueaa", .invalidArgument, .refused),
            Case("|a:b|M||MZ||/bin/true|", nil, .same),
            Case("\u{1f}a\u{1f}M\u{1f}\u{1f}MZ\u{1f}\u{1f}/bin/true\u{1f}", nil, .same),
            Case(
                bytes: [0xff] + Array("a".utf8) + [0xff] + Array("M".utf8) + [0xff, 0xff] + Array("MZ".utf8)
                    + [0xff, 0xff] + Array("/bin/true".utf8) + [0xff], nil, .same),
            Case("PaPMPPMZPP/bin/trueP", .invalidArgument, .refused),
            Case("", .invalidArgument, .refused),
            Case(":a:M::MZ::", .invalidArgument, .refused),
            Case(":a:M::MZ", .invalidArgument, .refused),
            // The name.
            Case("::M::MZ::/bin/true:", .invalidArgument, .refused),
            Case(":.:M::MZ::/bin/true:", .invalidArgument, .refused),
            Case(":..:M::MZ::/bin/true:", .invalidArgument, .refused),
            Case(":a/b:M::MZ::/bin/true:", .invalidArgument, .refused),
            Case(":register:M::MZ::/bin/true:", .fileExists, .refused),
            Case(":status:M::MZ::/bin/true:", .fileExists, .refused),
            Case(":\(longName):M::MZ::/bin/true:", nil, .same),
            Case(":\(longName)n:M::MZ::/bin/true:", nil, .stricter),
            Case(":\(longName)nnnnnnnnnn:M::MZ::/bin/true:", .fileNameTooLong, .refused),
            Case(":a b:M::MZ::/bin/true:", nil, .same),
            Case(":größe:M::MZ::/bin/true:", nil, .same),
            Case(":a\tb:M::MZ::/bin/true:", nil, .stricter),
            Case(":~binfmtd~a:M::MZ::/bin/true:", nil, .stricter),
            // The type.
            Case(":a:X::MZ::/bin/true:", .invalidArgument, .refused),
            Case(":a:::MZ::/bin/true:", .invalidArgument, .refused),
            Case(":a:m::MZ::/bin/true:", .invalidArgument, .refused),
            Case(":a:MM::MZ::/bin/true:", .invalidArgument, .refused),
            // The offset.
            Case(":a:M:0:MZ::/bin/true:", nil, .same),
            Case(":a:M:254:MZ::/bin/true:", nil, .same),
            Case(":a:M:255:MZ::/bin/true:", .invalidArgument, .refused),
            Case(":a:M:256:MZ::/bin/true:", .invalidArgument, .refused),
            Case(":a:M:-1:MZ::/bin/true:", .invalidArgument, .refused),
            Case(":a:M:0x4:MZ::/bin/true:", .invalidArgument, .refused),
            Case(":a:M:99999999999999999999:MZ::/bin/true:", .invalidArgument, .refused),
            Case(":a:M:+4:MZ::/bin/true:", nil, .stricter),
            // The magic and its mask.
            Case(":a:M:::MZ:/bin/true:", .invalidArgument, .refused),
            Case(#":a:M::\x4d\x5A::/bin/true:"#, nil, .same),
            Case(#":a:M::\x3a\x5c\x00::/bin/true:"#, nil, .same),
            Case(#":a:M::a\b::/bin/true:"#, nil, .same),
            // Report A10: a doubled backslash begins no escape.
            Case(#":a:M::\\x41\\x42::/bin/true:"#, nil, .same),
            Case(#":a:M::\\\x41\\:\xff\xff\xff\xff\x00:/bin/true:"#, nil, .same),
            Case(#":a:M::\\x4::/bin/true:"#, .invalidArgument, .refused),
            Case(#":a:M::a\x4::/bin/true:"#, .invalidArgument, .refused),
            Case(#":a:M::a\x::/bin/true:"#, .invalidArgument, .refused),
            Case(#":a:M::a\xzz::/bin/true:"#, .invalidArgument, .refused),
            Case(bytes: Array(":a:M::a\0b::/bin/true:".utf8), nil, .stricter),
            Case(#"aNaMaa\x3ab\xaaa\xff\xff\xffa/bin/trueaP"#, nil, .same),
            Case(#":a:M::MZ:\xff\x00:/bin/true:"#, nil, .same),
            Case(#":a:M::MZ:\xff\xff:/bin/true:"#, nil, .same),
            Case(#":a:M::MZ:\xff:/bin/true:"#, .invalidArgument, .refused),
            Case(#":a:M::MZ:\xff\xff\xff:/bin/true:"#, .invalidArgument, .refused),
            Case(":a:M::\(String(repeating: "a", count: 256))::/bin/true:", nil, .same),
            Case(":a:M::\(String(repeating: "a", count: 257))::/bin/true:", .invalidArgument, .refused),
            // The extension.
            Case(":a:E::jar::/bin/true:", nil, .same),
            Case(":a:E::::/bin/true:", .invalidArgument, .refused),
            Case(":a:E::a/b::/bin/true:", .invalidArgument, .refused),
            Case(":a:E::tar.gz::/bin/true:", nil, .stricter),
            Case(":a:E:7:jar:ff:/bin/true:", nil, .same),
            // The interpreter.
            Case(":a:M::MZ:::", .invalidArgument, .refused),
            Case(":a:M::MZ::bin/true:", nil, .stricter),
            Case(":a:M::MZ::/does/not/exist:", nil, .same),
            Case(":a:M::MZ::/does/not/exist:F", .noSuchFileOrDirectory, .same),
            Case(":a:M::MZ::/bin:F", .permissionDenied, .same),
            Case(":a:M::MZ::/etc/passwd:F", .permissionDenied, .same),
            // The flags.
            Case(":a:M::MZ::/bin/true:P", nil, .same),
            Case(":a:M::MZ::/bin/true:O", nil, .same),
            Case(":a:M::MZ::/bin/true:C", nil, .same),
            Case(":a:M::MZ::/bin/true:F", nil, .same),
            Case(":a:M::MZ::/bin/true:FCOP", nil, .same),
            Case(":a:M::MZ::/bin/true:PP", nil, .same),
            Case(":a:M::MZ::/bin/true:X", .invalidArgument, .refused),
            Case(":a:M::MZ::/bin/true:p", .invalidArgument, .refused),
            Case(":a:M::MZ::/bin/true:P:", .invalidArgument, .refused),
            // The whole.
            Case(":a:M::MZ::/\(String(repeating: "b", count: 1000)):", nil, .same),
            Case(":a:M::MZ::/\(String(repeating: "b", count: 1100)):", nil, .stricter),
            Case(":a:M::MZ::/\(String(repeating: "b", count: 1920)):", .invalidArgument, .refused),
        ]

        @Test(arguments: cases)
        func meansTheSameToTheKernel(_ grammarCase: Case) throws {
            let registry = try PrivateRegistry.open()
            var verdict: Errno?
            do { try PrivateRegistry.write(grammarCase.line, to: "register") } catch { verdict = error as? Errno }
            #expect(verdict == grammarCase.kernel)

            let read = Result { () throws(RegisterLine.Invalid) in try RegisterLine(grammarCase.line).entry }
            if case .failure(let refusal) = read {
                #expect(grammarCase.ours != .same, "\(refusal.problem)")
            } else {
                #expect(grammarCase.ours == .same)
            }
            let observed = try registry.observe().entries
            guard verdict == nil else {
                #expect(observed.isEmpty)
                return
            }
            #expect(observed.count == 1)
            if case .success(let entry) = read { #expect(observed.first?.entry == entry) }
        }

        /// The kernel accepts every entry that binfmtd declares, and it is read back as declared.
        @Test func acceptsEveryDeclaration() throws {
            let registry = try PrivateRegistry.open()
            var random = SeededGenerator(seed: 99)
            func bytes(_ count: ClosedRange<Int>) -> [UInt8] {
                (0..<Int.random(in: count, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            }
            let letters = Array("abcPOCF:,|/\\x3a =~é".unicodeScalars)
            func text(_ count: ClosedRange<Int>) -> String {
                var text = String.UnicodeScalarView()
                for _ in 0..<Int.random(in: count, using: &random) {
                    text.append(letters.randomElement(using: &random) ?? "a")
                }
                return String(text)
            }
            var count = 0
            for _ in 0..<3000 {
                guard let name = try? EntryName(declaring: text(1...30)) else { continue }
                let recognition: Recognition
                if Bool.random(using: &random) {
                    guard let name = try? FilenameExtension(declaring: text(1...9)) else { continue }
                    recognition = .filenameExtension(name)
                } else {
                    let magic = bytes(1...120)
                    let mask = Bool.random(using: &random) ? bytes(magic.count...magic.count) : nil
                    let offset = Int.random(in: 0...256, using: &random)
                    guard let pattern = try? MagicPattern(offset: offset, magic: magic, mask: mask) else { continue }
                    recognition = .magic(pattern)
                }
                let flags = EntryFlags(rawValue: UInt8.random(in: 0...7, using: &random))
                let entry = Entry(
                    name: name, recognition: recognition, interpreter: FilePath("/" + text(1...40)), flags: flags)
                let string = try RegisterString(entry)
                for (name, string) in [(name, string), (name.standIn, string.standIn)] {
                    try registry.perform(.register(string))
                    let found = try #require(try registry.observe().entries.first)
                    #expect(found.name == name)
                    #expect(found.recognition == recognition)
                    #expect(try found.status.get().interpreter == entry.interpreter)
                    #expect(try found.status.get().flags == flags)
                    try registry.perform(.unregister(name))
                }
                count += 1
            }
            #expect(count > 1000)
        }
    }
}
