// SPDX-License-Identifier: Apache-2.0
import Glibc

/// fuzz TARGET [LIBFUZZER-ARGUMENT]...: runs libFuzzer on one of the parsers (https://llvm.org/docs/LibFuzzer.html).
@main
enum Fuzz {
    /// Each target takes any bytes and traps if a requirement does not hold.
    static let targets: [String: @Sendable ([UInt8]) -> Void] = [
        "toml": tryTOML, "config": tryConfigFile, "binfmt.d": tryBinfmtDFile, "binfmts": tryBinfmtsFile,
        "entry-status": tryEntryStatus, "owned": tryOwnership, "status": tryDaemonStatus, "program": tryProgramFile,
    ]

    /// Global, because the C callback cannot capture anything; there is only one thread.
    nonisolated(unsafe) private static var chosen: ([UInt8]) -> Void = { _ in }

    static func main() {
        guard CommandLine.arguments.count > 1, let target = targets[CommandLine.arguments[1]] else {
            print("Usage: fuzz \(targets.keys.sorted().joined(separator: "|")) [-OPTION=VALUE]... [CORPUS]...")
            exit(64)
        }
        chosen = target
        var arguments = CommandLine.arguments.enumerated().filter { $0.offset != 1 }.map { strdup($0.element) } + [nil]
        var count = CInt(arguments.count - 1)
        let status = arguments.withUnsafeMutableBufferPointer { buffer in
            var start = buffer.baseAddress
            return runDriver(&count, &start) { data, size in
                Fuzz.chosen(Array(UnsafeBufferPointer(start: data, count: size)))
                return 0
            }
        }
        exit(status)
    }
}

/// libFuzzer's own main program, declared in its FuzzerInterface.h.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Traps with both values if they differ.
func expectEqual<Value: Equatable>(_ a: Value, _ b: Value) {
    if a != b { fatalError("\(a)\nis not\n\(b)") }
}
