// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage

/// Makes one system call of a program fail, by the library of Tests/Libraries/fail-once.c, with which it shares a file.
package final class FaultOrder {
    private let memory: UnsafeMutableRawPointer
    /// The variables that the program's environment must have.
    package let environment: [String: String]

    // struct order
    private static let (which, choice, count, error) = (0, 4, 8, 12)
    private static let (wantedCall, wantedPath, call, path) = (16, 32, 136, 152)
    private static let size = 256

    /// - Parameter file: the path of the file.
    package init(_ file: FilePath) throws {
        try Data(count: Self.size).write(to: URL(filePath: file.string))
        let descriptor = try FileDescriptor.open(file, .readWrite)
        defer { try? descriptor.close() }
        guard let memory = mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor.rawValue, 0),
            memory != MAP_FAILED
        else { throw Errno(rawValue: errno) }
        self.memory = memory
        // Without a fixed seed each process would make its calls in a different order.
        environment = [
            "LD_PRELOAD": try Fixtures.program("fail-once.so"), "FAIL_ONCE": file.string,
            "SWIFT_DETERMINISTIC_HASHING": "1",
        ]
    }

    deinit { munmap(memory, Self.size) }

    /// Makes a call fail.
    ///
    /// - Parameters:
    ///   - which: the call, counted from now and from 1.
    ///   - choice: the index of the error, from 0.
    ///   - call: the only one that counts; all if empty.
    ///   - path: the path that it must be about; any path if empty.
    package func fail(_ which: Int, choice: Int = 0, call: String = "", path: String = "") {
        cancel()
        memory.storeBytes(of: UInt32(choice), toByteOffset: Self.choice, as: UInt32.self)
        memory.advanced(by: Self.wantedCall).copyMemory(from: call, byteCount: call.utf8.count)
        memory.advanced(by: Self.wantedPath).copyMemory(from: path, byteCount: path.utf8.count)
        memory.storeBytes(of: UInt32(which), toByteOffset: Self.which, as: UInt32.self)
    }

    /// Sends the program a signal just before a call, such as SIGSTOP between two of its writes.
    ///
    /// - Parameters:
    ///   - signal: SIGKILL or SIGSTOP.
    ///   - which: the call, counted from now and from 1.
    ///   - call: the only one that counts.
    package func send(_ signal: Int32, before which: Int, call: String) {
        fail(which, choice: Self.send + Int(signal), call: call)
    }

    /// `SEND`
    private static let send = 1000

    /// Makes no call fail.
    package func cancel() { memset(memory, 0, Self.size) }

    /// A call that failed.
    package struct Fault: Hashable, CustomStringConvertible {
        package let call: String
        package let path: String
        /// Nil if the call has no such error, and so did not fail.
        package let error: Errno?
        package var description: String { "\(call) \(path): \(error.map { "\($0)" } ?? "no more errors")" }
    }

    /// The call that had to fail, once it was made.
    package var fault: Fault? {
        let error = memory.load(fromByteOffset: Self.error, as: UInt32.self)
        if error == 0 { return nil }
        return Fault(
            call: text(Self.call), path: text(Self.path), error: error == .max ? nil : Errno(rawValue: Int32(error)))
    }

    private func text(_ place: Int) -> String {
        String(cString: memory.advanced(by: place).assumingMemoryBound(to: CChar.self))
    }
}
