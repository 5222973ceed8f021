// SPDX-License-Identifier: Apache-2.0
import Glibc
import LocatedTOML

/// toml-located VERSION FILE [TIMES]: reads a file and prints what it says as JSON with types, as toml-test has it; exits
/// with 1 if it is invalid. With TIMES, prints how many seconds of CPU time a reading took instead.

func content(of path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { exit(2) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = fread(&buffer, 1, buffer.count, file)
        if count == 0 { return bytes }
        bytes += buffer[..<count]
    }
}

func json(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\": json += "\\" + String(scalar)
        case "\0"..<" ", "\u{7F}":
            let digits = String(scalar.value, radix: 16)
            json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: json.unicodeScalars.append(scalar)
        }
    }
    return json + "\""
}

func json(_ value: TOMLValue) -> String {
    let (type, text): (String, String) =
        switch value.kind {
        case .array(let values): ("", "[" + values.map { json($0) }.joined(separator: ",") + "]")
        case .table(let table): ("", json(table))
        case .string(let string): ("string", string)
        case .integer: ("integer", "\(value)")
        case .float: ("float", "\(value)")
        case .boolean: ("bool", "\(value)")
        case .offsetDateTime: ("datetime", "\(value)")
        case .localDateTime: ("datetime-local", "\(value)")
        case .localDate: ("date-local", "\(value)")
        case .localTime: ("time-local", "\(value)")
        }
    return type.isEmpty ? text : "{\"type\":\"\(type)\",\"value\":\(json(text))}"
}

func json(_ table: TOMLTable) -> String {
    "{" + table.map { json($0.key.name) + ":" + json($0.value) }.joined(separator: ",") + "}"
}

/// Prints the peak memory of this program on standard error, as the kernel says it.
func reportMemory() {
    let lines = String(decoding: content(of: "/proc/self/status"), as: UTF8.self).split(separator: "\n")
    for line in lines where line.hasPrefix("VmHWM") { _ = write(2, line + "\n", line.utf8.count + 1) }
}

let arguments = CommandLine.arguments
guard arguments.count >= 3, let version = TOMLVersion(rawValue: arguments[1] + ".0") else { exit(64) }
let bytes = content(of: arguments[2])
do {
    if arguments.count > 3, let times = Int(arguments[3]) {
        let start = clock()
        for _ in 0..<times { _ = try TOMLDocument(parsing: bytes, version: version) }
        print(Double(clock() - start) / Double(CLOCKS_PER_SEC) / Double(times))
    }
    if arguments.count == 3 { print(json(try TOMLDocument(parsing: bytes, version: version).table)) }
} catch {
    print(error)
    reportMemory()
    exit(1)
}
reportMemory()
