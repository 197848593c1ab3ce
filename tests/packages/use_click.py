import click
from click.testing import CliRunner

@click.group()
@click.option("--debug/--no-debug", default=False)
@click.pass_context
def cli(ctx, debug):
    """The tool."""
    ctx.obj = debug

@cli.command()
@click.argument("names", nargs=-1)
@click.option("-n", "--count", type=click.IntRange(1, 5), default=1, show_default=True, help="How often.")
@click.option("--kind", type=click.Choice(["a", "b"]))
@click.pass_obj
def greet(debug, names, count, kind):
    """Greets NAMES."""
    for n in names * count:
        click.echo(f"hello {n} {kind} {debug}")

@cli.command()
@click.option("--name", prompt="Name")
def ask(name):
    click.secho(name, fg="red")

r = CliRunner()
for args in ([], ["--help"], ["greet", "--help"], ["--debug", "greet", "x", "y", "-n", "2", "--kind", "b"], ["greet", "-n", "9"], ["greet", "--kind", "z"], ["gret"], ["greet", "--nope"]):
    res = r.invoke(cli, args)
    print(args, res.exit_code)
    print(res.output)
res = r.invoke(cli, ["ask"], input="me\n", color=True)
print(repr(res.output))
