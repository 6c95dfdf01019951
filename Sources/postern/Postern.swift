import Commands

@main
enum Postern {
    static func main() async {
        await PosternCommand.runFromCommandLine()
    }
}
